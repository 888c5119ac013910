const magic = 0x514649fb;
const externalDataFile = 1n << 2n;
const backingFormatExtension = 0xe2792aca;

/** The bytes from the start of the file that `readQcow2Header` needs. */
export const qcow2HeaderBytes = 4096;

export interface Qcow2Header {
  /** Bytes as the guest sees them. */
  virtualSizeBytes: number;
  /** Undefined without a backing file. */
  backingFormat: string | undefined;
}

/**
 * Reads what must be known to open the image without letting it choose: its size and the format
 * its own writer gave the backing file. Layout: QEMU's docs/interop/qcow2.txt.
 * Throws for anything that is not qcow2, or that would make QEMU open a further file.
 */
export function readQcow2Header(bytes: Buffer): Qcow2Header {
  if (bytes.length < 72 || bytes.readUInt32BE(0) !== magic) throw new Error('not a qcow2 image');
  const version = bytes.readUInt32BE(4);
  const hasBacking = bytes.readBigUInt64BE(8) !== 0n;
  if (version >= 3 && (bytes.readBigUInt64BE(72) & externalDataFile) !== 0n) {
    throw new Error('the qcow2 image keeps its data in another file');
  }
  const extensionsStart = version >= 3 ? bytes.readUInt32BE(100) : 72;
  return {
    virtualSizeBytes: Number(bytes.readBigUInt64BE(24)),
    backingFormat: hasBacking ? readBackingFormat(bytes, extensionsStart) : undefined,
  };
}

function readBackingFormat(bytes: Buffer, start: number): string {
  let at = start;
  while (at + 8 <= bytes.length) {
    const kind = bytes.readUInt32BE(at);
    const lengthBytes = bytes.readUInt32BE(at + 4);
    if (kind === backingFormatExtension) {
      return bytes.subarray(at + 8, at + 8 + lengthBytes).toString('latin1');
    }
    if (kind === 0) break;
    at += 8 + Math.ceil(lengthBytes / 8) * 8;
  }
  throw new Error('the qcow2 image does not name the format of its backing file');
}
