import { open } from 'node:fs/promises';

const magic = 0x514649fb;
const headerBytes = 72;
const maxNameBytes = 1023;

export interface Qcow2Facts {
  /** Bytes as the guest sees them. */
  virtualSizeBytes: number;
  /** As the file names it; undefined for a disk that stands alone. */
  backingFile: string | undefined;
}

/**
 * Reads the two facts the store needs from the header itself. That starts no process and runs no
 * code of QEMU on a file that may be hostile. Layout: QEMU's docs/interop/qcow2.txt.
 * @throws when the file is not a qcow2.
 */
export async function readQcow2Facts(path: string): Promise<Qcow2Facts> {
  await using file = await open(path, 'r');
  const header = Buffer.alloc(headerBytes);
  const { bytesRead } = await file.read(header, 0, headerBytes, 0);
  if (bytesRead < headerBytes || header.readUInt32BE(0) !== magic) {
    throw new Error(`${path} is not a qcow2 disk`);
  }
  const virtualSizeBytes = Number(header.readBigUInt64BE(24));
  const nameOffset = Number(header.readBigUInt64BE(8));
  const nameBytes = header.readUInt32BE(16);
  if (nameOffset === 0) return { virtualSizeBytes, backingFile: undefined };
  if (nameBytes > maxNameBytes) throw new Error(`${path} has an absurd header`);
  const name = Buffer.alloc(nameBytes);
  await file.read(name, 0, nameBytes, nameOffset);
  return { virtualSizeBytes, backingFile: name.toString() };
}
