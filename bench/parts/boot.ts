import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudProcess } from '../cloud/process.ts';
import { onTinyGuests } from '../cloud/real-cloud.ts';
import { countOnConsole, tinyServer } from '../cloud/tiny-server.ts';
import type { Figure, Part } from '../figure.ts';
import { median } from '../samples.ts';

const rounds = 5;
const bootDeadlineMs = 60_000;
const pollMs = 25;

export const boot: Part = {
  name: 'boot',
  describe: 'POST servers to the first console line on QEMU, beside a bare QEMU (needs tiny)',
  run: (say) =>
    onTinyGuests(say, {}, async ({ cloud, acceleration, image }) => {
      const throughCloud: number[] = [];
      const bare: number[] = [];
      // By turns, so that both meet the same weather on a shared machine; the first warms the disk.
      for (let round = 0; round <= rounds; round += 1) {
        say(`round ${round} of ${rounds}`);
        const bareMs = await bootBare(image, acceleration);
        const cloudMs = await bootServer(cloud);
        if (round === 0) continue;
        bare.push(bareMs);
        throughCloud.push(cloudMs);
      }
      return figuresOf(throughCloud, bare);
    }),
};

function figuresOf(throughCloud: number[], bare: number[]): Figure[] {
  const note = `median of ${rounds}`;
  const target = { below: 1.15 };
  const ratio = median(throughCloud) / median(bare);
  return [
    { name: 'POST to the first console line', value: median(throughCloud), unit: 'ms', note },
    { name: 'bare QEMU to the first console line', value: median(bare), unit: 'ms', note },
    { name: 'boot, compared with bare QEMU', value: ratio, unit: 'times', target },
  ];
}

async function bootServer(cloud: CloudProcess): Promise<number> {
  const demo = await cloud.logIn('demo');
  const body = await tinyServer(demo, 'booted');
  const sentMs = performance.now();
  type Created = { server: { id: string } };
  const { server } = await demo.request<Created>('POST', '/v2.1/servers', 202, body);
  const path = `/v2.1/servers/${server.id}`;
  await until('the guest printed nothing', async () => {
    return (await countOnConsole(demo, server.id, '\n')) > 0;
  });
  const doneMs = performance.now();
  await demo.request('DELETE', path, 204);
  const isGone = async () =>
    (await demo.get<{ servers: object[] }>('/v2.1/servers')).servers.length === 0;
  await until('the server is still there', isGone);
  demo.close();
  return doneMs - sentMs;
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
