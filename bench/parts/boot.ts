import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CloudProcess, endServers, startCloud } from '../cloud/process.ts';
import { temporaryState } from '../cloud/state.ts';
import { idNamed } from '../cloud/workload.ts';
import type { Part } from '../figure.ts';
import type { Client } from '../http/client.ts';
import { median } from '../samples.ts';

const rounds = 5;
const bootDeadlineMs = 60_000;
const pollMs = 25;

/** Real guests, wired in user mode: what is measured leaves no trace in the host's networks. */
const settings = { CUMULET_HYPERVISOR: 'qemu', CUMULET_NETWORK: 'user' };

export const boot: Part = {
  name: 'boot',
  describe: 'POST servers to the first console line on QEMU, beside a bare QEMU (needs tiny)',
  run: async (say) => {
    const image = tinyImage();
    if (image === undefined) {
      say('left out: there is no test image');
      return [];
    }
    using state = temporaryState();
    const throughCloud: number[] = [];
    const bare: number[] = [];
    try {
      await using cloud = await startCloud(state, { ...settings, CUMULET_TINY_IMAGE: image });
      const acceleration = accelerationOf(cloud);
      // By turns, so that both meet the same weather on a shared machine; the first warms the disk.
      for (let round = 0; round <= rounds; round += 1) {
        say(`round ${round} of ${rounds}`);
        const bareMs = await bootBare(image, acceleration);
        const cloudMs = await bootServer(cloud);
        if (round === 0) continue;
        bare.push(bareMs);
        throughCloud.push(cloudMs);
      }
    } finally {
      await endServers(state, settings);
    }
    const note = `median of ${rounds}`;
    const ratio = median(throughCloud) / median(bare);
    return [
      { name: 'POST to the first console line', value: median(throughCloud), unit: 'ms', note },
      { name: 'bare QEMU to the first console line', value: median(bare), unit: 'ms', note },
      {
        name: 'boot, compared with bare QEMU',
        value: ratio,
        unit: 'times',
        target: { below: 1.15 },
      },
    ];
  },
};

/** Named by set-up, or where set-up puts it. */
function tinyImage(): string | undefined {
  const built = join(import.meta.dirname, '..', '..', '.cache', 'tiny.qcow2');
  return process.env.CUMULET_TINY_IMAGE || (existsSync(built) ? built : undefined);
}

/** The bare guest gets what the cloud found to work on this machine. */
function accelerationOf(cloud: CloudProcess): string[] {
  const usesKvm = cloud.said.some((line) => line.startsWith('qemu: KVM'));
  return usesKvm ? ['-accel', 'kvm', '-cpu', 'host'] : ['-accel', 'tcg', '-cpu', 'max'];
}

async function bootServer(cloud: CloudProcess): Promise<number> {
  const demo = await cloud.logIn('demo');
  const body = {
    server: {
      name: 'booted',
      imageRef: await idNamed(demo, '/image/v2/images', 'images', 'tiny'),
      flavorRef: await idNamed(demo, '/v2.1/flavors', 'flavors', 'm1.nano'),
      networks: [{ uuid: await idNamed(demo, '/network/v2.0/networks', 'networks', 'private') }],
    },
  };
  const sentMs = performance.now();
  type Created = { server: { id: string } };
  const { server } = await demo.request<Created>('POST', '/v2.1/servers', 202, body);
  const path = `/v2.1/servers/${server.id}`;
  await until('the guest printed nothing', async () =>
    (await consoleOf(demo, path)).includes('\n'),
  );
  const doneMs = performance.now();
  await demo.request('DELETE', path, 204);
  const isGone = async () =>
    (await demo.get<{ servers: object[] }>('/v2.1/servers')).servers.length === 0;
  await until('the server is still there', isGone);
  demo.close();
  return doneMs - sentMs;
}

async function consoleOf(client: Client, path: string): Promise<string> {
  const { status, body } = await client.answer('POST', `${path}/action`, {
    'os-getConsoleOutput': {},
  });
  // Until there is a guest the answer is a conflict.
  return status === 200 ? JSON.parse(body.toString('utf8')).output : '';
}

async function until(otherwise: string, isSo: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + bootDeadlineMs;
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error(otherwise);
    await sleep(pollMs);
  }
}

/** The same disk, memory and processor, and nothing else. */
async function bootBare(image: string, acceleration: readonly string[]): Promise<number> {
  const sentMs = performance.now();
  const machine = ['-nodefaults', '-machine', 'pc', ...acceleration, '-m', '192', '-smp', '1'];
  const disk = ['-drive', `file=${image},format=qcow2,if=virtio,snapshot=on`];
  const devices = ['-device', 'VGA', '-display', 'none', '-serial', 'stdio'];
  const child = spawn('qemu-system-x86_64', [...machine, ...disk, ...devices], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const late = setTimeout(() => child.kill('SIGKILL'), bootDeadlineMs);
  try {
    for await (const chunk of child.stdout) {
      if (String(chunk).includes('\n')) return performance.now() - sentMs;
    }
    throw new Error('the bare guest printed nothing');
  } finally {
    clearTimeout(late);
    child.kill('SIGKILL');
    await gone;
  }
}
