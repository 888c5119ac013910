import { diskDevice } from './disk-devices.ts';
import type { OpenDisk } from './disk-files.ts';

/** A disk with the descriptor number that each of its layers will have in QEMU. */
export interface NumberedDisk {
  disk: OpenDisk;
  fds: number[];
}

/** QEMU's arguments for the guest's disks; every layer names its format. */
export function blockArgs(disks: readonly NumberedDisk[]): string[] {
  const boots = disks.some(({ disk }) => disk.role === 'rescue') ? 'rescue' : 'root';
  return disks.flatMap((numbered, index) => {
    const node = `disk${index}`;
    const { role, hardware } = numbered.disk;
    return [
      ...numbered.fds.flatMap((fd) => ['-add-fd', `fd=${fd},set=${fd}`]),
      '-blockdev',
      JSON.stringify({ 'node-name': node, ...blockNode(numbered, 0) }),
      ...diskDevice(`drive=${node},id=${role}-${index}`, role === boots, hardware),
    ];
  });
}

function blockNode({ disk, fds }: NumberedDisk, index: number): object {
  const layer = disk.layers[index];
  if (!layer) throw new Error(`disk without layer ${index}`);
  const file = {
    driver: 'file',
    filename: `/dev/fdset/${fds[index]}`,
    'read-only': layer.readOnly,
    discard: 'unmap',
  };
  const node = { driver: layer.format, 'read-only': layer.readOnly, discard: 'unmap', file };
  if (layer.format === 'raw') return node;
  // Said even where there is none, so that QEMU never follows a name in the image's header.
  const hasBacking = index + 1 < disk.layers.length;
  return { ...node, backing: hasBacking ? blockNode({ disk, fds }, index + 1) : null };
}
