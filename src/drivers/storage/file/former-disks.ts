import { link, rename, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { limits } from '#base/limits.ts';
import { run } from '#base/process.ts';
import type { BlankDiskSpec, DiskReplacement } from '../storage.ts';
import { blankDiskPath, createBlankDisk, ownBlankDisks } from './blank-disks.ts';
import { fileSize, removeFiles, syncFile, syncFolder } from './durable.ts';
import { type Folders, fileName } from './folders.ts';
import type { Incoming } from './incoming.ts';
import { readQcow2Facts } from './qcow2-header.ts';

interface Store {
  folders: Folders;
  incoming: Incoming;
}

function rootPath(folders: Folders, diskId: string): string {
  return join(folders.disks, `${fileName(diskId)}.qcow2`);
}

/** A root disk that another has replaced. As long as it is there, all former disks count. */
export function formerRootPath(folders: Folders, diskId: string): string {
  return join(folders.disks, `${fileName(diskId)}.former.qcow2`);
}

function formerBlankPath(folders: Folders, diskId: string, name: string): string {
  return blankDiskPath(folders, diskId, name).replace(/\.raw$/, '.former.raw');
}

/**
 * First every disk gets its second name, the root disk last; then each is replaced in one rename by
 * a copy that is whole. Until then both names mean one file, which is how it is known what is done.
 */
export async function replaceDisks(store: Store, wanted: DiskReplacement): Promise<void> {
  const { folders } = store;
  const { diskId, rootBytes, blanks } = wanted;
  const root = rootPath(folders, diskId);
  const formerRoot = formerRootPath(folders, diskId);
  if ((await fileSize(formerRoot)) === undefined) {
    await dropFormerDisks(store, diskId);
    for (const name of await ownBlankDisks(folders, diskId)) {
      const path = blankDiskPath(folders, diskId, name);
      await link(path, formerBlankPath(folders, diskId, name));
    }
    await syncFolder(folders.disks);
    await link(root, formerRoot);
    await syncFolder(folders.disks);
  }
  await replaceByCopy(store, root, formerRoot, (copy) => growRoot(copy, rootBytes));
  await dropUnwanted(folders, diskId, blanks);
  for (const blank of blanks) await replaceBlank(store, blank);
}

async function replaceBlank(store: Store, blank: BlankDiskSpec): Promise<void> {
  const path = blankDiskPath(store.folders, blank.diskId, blank.name);
  const former = formerBlankPath(store.folders, blank.diskId, blank.name);
  // Nothing on a swap disk is worth a copy, and its signature tells its size.
  const isRemade = blank.content === 'swap-signature' && (await isOneFile(path, former));
  if (isRemade) await removeFiles(store.folders.disks, [path]);
  await replaceByCopy(store, path, former, (copy) => growRaw(copy, blank.sizeBytes));
  await createBlankDisk(store, blank);
}

async function dropUnwanted(
  folders: Folders,
  diskId: string,
  blanks: readonly BlankDiskSpec[],
): Promise<void> {
  const wanted = new Set(blanks.map(({ name }) => name));
  const names = (await ownBlankDisks(folders, diskId)).filter((name) => !wanted.has(name));
  const paths = names.map((name) => blankDiskPath(folders, diskId, name));
  if (paths.length > 0) await removeFiles(folders.disks, paths);
}

async function replaceByCopy(
  { folders, incoming }: Store,
  path: string,
  former: string,
  change: (copy: string) => Promise<void>,
): Promise<void> {
  if (!(await isOneFile(path, former))) return;
  await incoming.with(async (copy) => {
    // Shares its blocks with the original where the file system can, and keeps holes.
    const how = ['--reflink=auto', '--sparse=always', '--preserve=mode'];
    await run('cp', [...how, '--', path, copy], { timeoutMs: limits.moveDeadlineMs });
    await change(copy);
    await syncFile(copy);
    await rename(copy, path);
    await syncFolder(folders.disks);
  });
}

/** The base is not opened: the new end lies beyond it, and it may be hostile. */
async function growRoot(path: string, sizeBytes: number): Promise<void> {
  const { virtualSizeBytes } = await readQcow2Facts(path);
  if (sizeBytes <= virtualSizeBytes) return;
  const file = { driver: 'file', filename: path };
  const disk = `json:${JSON.stringify({ backing: null, file })}`;
  await run('qemu-img', ['resize', '-q', '-f', 'qcow2', disk, `${sizeBytes}`]);
}

async function growRaw(path: string, sizeBytes: number): Promise<void> {
  const { size } = await stat(path);
  if (sizeBytes > size) await truncate(path, sizeBytes);
}

/** The root disk comes back last: until then all of this can be done again. */
export async function restoreDisks({ folders }: Store, diskId: string): Promise<void> {
  const formerRoot = formerRootPath(folders, diskId);
  if ((await fileSize(formerRoot)) !== undefined) {
    const names = new Set(await ownBlankDisks(folders, diskId));
    const formers = await formerBlankDisks(folders, diskId);
    for (const name of names.union(new Set(formers))) {
      const path = blankDiskPath(folders, diskId, name);
      await removeFiles(folders.disks, [path]);
      if (formers.includes(name)) await link(formerBlankPath(folders, diskId, name), path);
    }
    await syncFolder(folders.disks);
    await rename(formerRoot, rootPath(folders, diskId));
  }
  await dropFormerDisks({ folders }, diskId);
}

export async function dropFormerDisks(
  { folders }: Pick<Store, 'folders'>,
  diskId: string,
): Promise<void> {
  // Renaming one name of a file to another of the same file does nothing, and both stay.
  const formers = await formerBlankDisks(folders, diskId);
  const blanks = formers.map((name) => formerBlankPath(folders, diskId, name));
  await removeFiles(folders.disks, [formerRootPath(folders, diskId), ...blanks]);
}

async function formerBlankDisks(folders: Folders, diskId: string): Promise<string[]> {
  return ownBlankDisks(folders, diskId, '.former.raw');
}

async function isOneFile(path: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([path, other].map((name) => stat(name).catch(() => undefined)));
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}
