import { chmod, chown, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '#base/process.ts';
import type { Quiesce } from '../../hypervisor.ts';
import { whileFrozen } from '../guest-agent/guest-requests.ts';
import type { KnownGuest, QemuHost } from '../host.ts';
import type { LiveGuest } from '../live-guest.ts';
import { whenJobs } from './job-news.ts';

/** One name for node, job and file: a guest's disk is copied by one at a time. */
const copy = 'copy';
const copyFile = 'copy.qcow2';
/** Of the root disk, which is the first on the command line. */
const rootNode = 'disk0';

interface Job {
  id: string;
  status: string;
  error?: string;
}

/**
 * Copies the root disk as it is at one moment, while the guest goes on.
 * @returns the path of a qcow2 that stands alone and is the caller's to take away; undefined for a
 *   guest that is off, whose disk anyone may read
 */
export async function copyRootDisk(
  host: QemuHost,
  guestId: string,
  quiesce: Quiesce = 'no',
  signal?: AbortSignal,
): Promise<string | undefined> {
  const known = host.guests.get(guestId);
  if (!known?.live) return undefined;
  const { live } = known;
  const path = join(known.folder.run, copyFile);
  // An earlier process of ours may have died over it.
  await clear(host, live, path);
  try {
    await makeTarget(known, live, path);
    const file = { driver: 'file', filename: copyFile };
    await live.qmp.execute('blockdev-add', { driver: 'qcow2', 'node-name': copy, file });
    // The copy is of the moment at which it begins: so long the guest has to stand still.
    await whileFrozen(host, guestId, quiesce, () =>
      live.qmp.execute('blockdev-backup', {
        'job-id': copy,
        device: rootNode,
        target: copy,
        sync: 'full',
        'auto-dismiss': false,
      }),
    );
    const error = await endOf(host, live, signal);
    if (error !== undefined) throw new Error(`the root disk could not be copied: ${error}`);
    await live.qmp.execute('job-dismiss', { id: copy });
    await live.qmp.execute('blockdev-del', { 'node-name': copy });
    if (known.userId !== null) await chown(path, 0, 0);
    return path;
  } catch (error) {
    await clear(host, live, path).catch((failure: unknown) => {
      host.log.warn({ guestId, error: String(failure) }, 'a copy of a disk is still there');
    });
    throw error;
  }
}

/** Made by us in the folder that QEMU cannot make files in, and only this file is QEMU's. */
async function makeTarget(known: KnownGuest, live: LiveGuest, path: string): Promise<void> {
  const sizeBytes = await virtualSizeOf(live);
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', path, `${sizeBytes}`]);
  await chmod(path, 0o600);
  if (known.userId !== null) await chown(path, known.userId, known.userId);
}

async function virtualSizeOf(live: LiveGuest): Promise<number> {
  const nodes = await live.qmp.execute('query-named-block-nodes', { flat: true });
  const known = nodes as { 'node-name'?: string; image?: { 'virtual-size'?: number } }[];
  const sizeBytes = known.find((node) => node['node-name'] === rootNode)?.image?.['virtual-size'];
  if (sizeBytes === undefined) throw new Error('QEMU does not know its root disk');
  return sizeBytes;
}

/** @returns why it failed, undefined when it did not */
async function endOf(
  host: QemuHost,
  live: LiveGuest,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const look = async () => {
    const job = await jobOf(live);
    if (!job) return { error: 'the job is gone' };
    return job.status === 'concluded' ? job : undefined;
  };
  return (await whenJobs(host, live, look, signal)).error;
}

async function jobOf(live: LiveGuest): Promise<Job | undefined> {
  const jobs = (await live.qmp.execute('query-jobs')) as Job[];
  return jobs.find(({ id }) => id === copy);
}

async function clear(host: QemuHost, live: LiveGuest, path: string): Promise<void> {
  const job = await jobOf(live);
  if (job) {
    if (job.status !== 'concluded') await live.qmp.execute('job-cancel', { id: copy });
    await endOf(host, live);
    await live.qmp.execute('job-dismiss', { id: copy });
  }
  const nodes = await live.qmp.execute('query-named-block-nodes', { flat: true });
  const isThere = (nodes as { 'node-name'?: string }[]).some((node) => node['node-name'] === copy);
  if (isThere) await live.qmp.execute('blockdev-del', { 'node-name': copy });
  await rm(path, { force: true });
}
