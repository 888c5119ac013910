import { type FileHandle, open } from 'node:fs/promises';
import type { GuestDisk } from '../../hypervisor.ts';
import { qcow2HeaderBytes, readQcow2Header } from './qcow2-header.ts';

type DiskFormat = 'qcow2' | 'raw';

/** One file of a disk, opened by us and handed to QEMU by number. */
export interface DiskLayer {
  handle: FileHandle;
  format: DiskFormat;
  readOnly: boolean;
}

/** A disk's files: what the guest writes to first, then what lies below it. */
export interface OpenDisk {
  role: GuestDisk['role'];
  hardware: GuestDisk['hardware'];
  readOnly: boolean;
  layers: DiskLayer[];
  /** The largest that the writable file may become. */
  maxFileBytes: number;
}

/**
 * Opens all files of a disk. QEMU gets descriptors, never paths: it needs no permission on
 * any folder, the files stay ours, and an image that names other files gets none of them.
 */
export async function openDisk(disk: GuestDisk): Promise<OpenDisk> {
  const { location, role, hardware } = disk;
  if (location.kind !== 'file') throw new Error(`QEMU cannot open a ${location.kind} disk`);
  const layers: DiskLayer[] = [];
  try {
    let next: string | undefined = location.format;
    let sizeBytes = 0;
    for (const [index, path] of [location.path, ...location.backing].entries()) {
      if (next === undefined) throw new Error(`${path} is not named by the layer above it`);
      const format = knownFormat(next);
      const readOnly = index > 0 || location.readOnly;
      const handle = await open(path, readOnly ? 'r' : 'r+');
      layers.push({ handle, format, readOnly });
      const facts = await layerFacts(handle, format);
      if (index === 0) sizeBytes = facts.sizeBytes;
      next = facts.backingFormat;
    }
    if (next !== undefined) throw new Error(`${location.path} has a backing file too many`);
    const { readOnly } = location;
    return { role, hardware, readOnly, layers, maxFileBytes: maxFileBytes(sizeBytes) };
  } catch (error) {
    await closeLayers(layers);
    throw error;
  }
}

export async function closeLayers(layers: DiskLayer[]): Promise<void> {
  await Promise.all(layers.map((layer) => layer.handle.close()));
}

async function layerFacts(
  handle: FileHandle,
  format: DiskFormat,
): Promise<{ sizeBytes: number; backingFormat: string | undefined }> {
  if (format === 'raw') return { sizeBytes: (await handle.stat()).size, backingFormat: undefined };
  const bytes = Buffer.alloc(qcow2HeaderBytes);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
  const header = readQcow2Header(bytes.subarray(0, bytesRead));
  return { sizeBytes: header.virtualSizeBytes, backingFormat: header.backingFormat };
}

function knownFormat(format: string): DiskFormat {
  if (format === 'qcow2' || format === 'raw') return format;
  throw new Error(`disk format ${format} is not allowed`);
}

/** qcow2 adds its tables (1/8192 and 1/32768 of the size) and needs some room to begin with. */
function maxFileBytes(virtualSizeBytes: number): number {
  return virtualSizeBytes + Math.ceil(virtualSizeBytes / 512) + 64 * 1024 * 1024;
}
