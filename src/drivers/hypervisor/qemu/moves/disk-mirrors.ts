import { together } from '#base/together.ts';
import { whenJobs } from '../disks/job-news.ts';
import type { QemuHost } from '../host.ts';
import type { LiveGuest } from '../live-guest.ts';
import { QmpRefusal } from '../qmp/messages.ts';

/** In the run folder of the guest that comes: its disks, to be written by the one that leaves. */
export const disksSocket = 'disks.sock';
/** In the run folder of the guest that leaves: the way there. */
export const mirrorSocket = 'mirror.sock';

const isDisk = (node: string) => /^disk\d+$/.test(node);
const jobOf = (node: string) => `mirror-${node}`;

interface MirrorJob {
  device: string;
  len: number;
  offset: number;
  ready: boolean;
}

/** The disks that the guest can write to; what it only reads was made on both sides. */
export async function writableDisks(live: LiveGuest): Promise<string[]> {
  const nodes = await live.qmp.execute('query-named-block-nodes', { flat: true });
  return (nodes as { 'node-name'?: string; ro?: boolean }[]).flatMap((node) => {
    const name = node['node-name'];
    return name !== undefined && isDisk(name) && node.ro === false ? [name] : [];
  });
}

/** Lets the other side write the disks; the guest has not run on them. */
export async function offerDisks(live: LiveGuest): Promise<void> {
  const addr = { type: 'unix', data: { path: disksSocket } };
  const start = live.qmp.execute('nbd-server-start', { addr });
  const [, disks] = await together([start, writableDisks(live)]);
  const offers = disks.map((node) => {
    const facts = { type: 'nbd', id: `export-${node}`, name: node };
    return live.qmp.execute('block-export-add', { ...facts, 'node-name': node, writable: true });
  });
  await together(offers);
}

export async function stopOffering(live: LiveGuest): Promise<void> {
  await live.qmp.execute('nbd-server-stop').catch((error: unknown) => {
    // There is none where disks were not copied, or when this was done before.
    if (!(error instanceof QmpRefusal)) throw error;
  });
}

/**
 * Copies all disks to the other side and goes on copying what is written; resolves once equal. What
 * a disk lies on, an image, is on the other side already, below a disk that was made there empty.
 */
export async function mirrorDisks(
  host: QemuHost,
  live: LiveGuest,
  signal?: AbortSignal,
): Promise<void> {
  const disks = await writableDisks(live);
  for (const node of disks) {
    const server = { type: 'unix', path: mirrorSocket };
    const target = { driver: 'nbd', 'node-name': jobOf(node), server, export: node };
    await live.qmp.execute('blockdev-add', { ...target, discard: 'unmap' });
    const sides = { device: node, target: jobOf(node), sync: 'top' };
    await live.qmp.execute('blockdev-mirror', { 'job-id': jobOf(node), ...sides });
  }
  const areEqual = async () => {
    const jobs = await mirrorJobs(live);
    if (jobs.length < disks.length) throw new Error('a disk of the guest could not be copied');
    return jobs.every(({ ready }) => ready) || undefined;
  };
  await whenJobs(host, live, areEqual, signal);
}

/** The guest stands still: what it has written last goes over, and both disks are whole. */
export async function endMirrors(host: QemuHost, live: LiveGuest): Promise<void> {
  const jobs = await mirrorJobs(live);
  if (!jobs.every(({ ready }) => ready)) throw new Error('the disks are not copied yet');
  await cancelMirrors(host, live, false);
}

/** Gives up whatever is being copied. */
export async function dropMirrors(host: QemuHost, live: LiveGuest): Promise<void> {
  await cancelMirrors(host, live, true);
}

async function cancelMirrors(host: QemuHost, live: LiveGuest, force: boolean): Promise<void> {
  for (const { device } of await mirrorJobs(live)) {
    await live.qmp.execute('block-job-cancel', { device, force });
  }
  await whenJobs(host, live, async () => (await mirrorJobs(live)).length === 0 || undefined);
  const nodes = await live.qmp.execute('query-named-block-nodes', { flat: true });
  for (const { 'node-name': name = '' } of nodes as { 'node-name'?: string }[]) {
    if (!name.startsWith(jobOf(''))) continue;
    await live.qmp.execute('blockdev-del', { 'node-name': name });
  }
}

/** Of all disks that are being copied; QEMU forgets a copy that failed. */
export async function mirrorJobs(live: LiveGuest): Promise<MirrorJob[]> {
  const jobs = (await live.qmp.execute('query-block-jobs')) as MirrorJob[];
  return jobs.filter(({ device }) => device.startsWith(jobOf('')));
}
