import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Where everything lies. All are on one file system: files are moved and linked between them. */
export interface Folders {
  /** Image data by image id. */
  images: string;
  /** Second names of image data that root disks lie on; they outlive the image. */
  bases: string;
  /**
   * `<disk id>.qcow2`, `<disk id>.iso`, and `<disk id>.<name>.raw` for each blank disk; those that
   * were replaced have `.former` before their ends, those that were put aside `.aside`, and copies
   * on their way to an image `.snapshot-<image id>`. What a server is rescued with is another disk,
   * `<server id>-rescue`.
   */
  disks: string;
  /** Files that are being written; whatever is here at a start is left over. */
  incoming: string;
}

/** Ours alone: the hypervisor is given open files, never names. */
const folderMode = 0o700;

export async function makeFolders(stateFolder: string): Promise<Folders> {
  const folders: Folders = {
    images: join(stateFolder, 'images'),
    bases: join(stateFolder, 'bases'),
    disks: join(stateFolder, 'disks'),
    incoming: join(stateFolder, 'incoming'),
  };
  for (const path of Object.values(folders)) {
    await mkdir(path, { recursive: true, mode: folderMode });
  }
  return folders;
}

/** Ids become file names: one that could leave its folder, or hide in it, is a mistake of ours. */
export function fileName(id: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(id)) throw new Error(`no id for a file: ${id}`);
  return id;
}
