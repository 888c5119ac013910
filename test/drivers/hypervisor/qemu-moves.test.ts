import { existsSync, readlinkSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GuestSpec } from '#drivers/hypervisor/hypervisor.ts';
import { bootDisk } from './boot-sector.ts';
import { movingContract, type TwoHosts } from './moving-promises.ts';
import { makeQemuFixture, processesNaming, type QemuFixture } from './qemu-fixture.ts';

/** Both hosts have a process of that name: here only those that stand in the host's own folder. */
function withOwnTraces(fixture: QemuFixture): QemuFixture {
  const own = (guestId: string) => (pid: number) =>
    readlinkSync(`/proc/${pid}/cwd`).startsWith(fixture.guestFolder(guestId));
  return {
    ...fixture,
    traces: (guestId) => [
      ...processesNaming(guestId).filter(own(guestId)).map(String),
      ...(existsSync(fixture.guestFolder(guestId)) ? ['folder'] : []),
    ],
  };
}

movingContract('qemu', async (): Promise<TwoHosts> => {
  const [left, right] = [await makeQemuFixture(), await makeQemuFixture()];
  const paths: string[] = [];
  return {
    left: withOwnTraces(left),
    right: withOwnTraces(right),
    twin: async (guest): Promise<GuestSpec> => {
      const path = join(tmpdir(), `cumulet-twin-${guest.id}.raw`);
      paths.push(path);
      await writeFile(path, Buffer.alloc(bootDisk('deaf').length), { mode: 0o600 });
      const location = { kind: 'file', path, format: 'raw', readOnly: false, backing: [] } as const;
      const twin = right.guestOver([{ role: 'root', location: { ...location, backing: [] } }]);
      return { ...twin, id: guest.id };
    },
    [Symbol.asyncDispose]: async () => {
      await left[Symbol.asyncDispose]();
      await right[Symbol.asyncDispose]();
      for (const path of paths) await rm(path, { force: true });
    },
  };
});
