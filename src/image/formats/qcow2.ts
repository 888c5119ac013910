import {
  ImageRefused,
  type ImageSource,
  type InspectedImage,
  readHeader,
  saneVirtualSize,
} from './image-source.ts';

const version2HeaderBytes = 72;
const version3HeaderBytes = 104;

/** Bits of the incompatible features, by QEMU's docs/interop/qcow2.txt. */
const feature = { dirty: 1n, corrupt: 2n, dataFile: 4n, compression: 8n, extendedL2: 16n };
const acceptedFeatures = feature.dirty | feature.compression | feature.extendedL2;

const extensionEnd = 0;
const extensionDataFile = 0x44415441;
const maxExtensions = 64;
const maxL1Entries = 4 * 1024 * 1024;

/**
 * Accepts a qcow2 that stands alone: whatever makes QEMU open another file is refused, and so is
 * what QEMU itself would not open.
 */
export async function inspectQcow2(source: ImageSource): Promise<InspectedImage> {
  const header = await readHeader(source, 0, version2HeaderBytes);
  const version = header.readUInt32BE(4);
  if (version !== 2 && version !== 3) {
    throw new ImageRefused('qcow2-version', `qcow2 version ${version} is not known`);
  }
  if (header.readBigUInt64BE(8) !== 0n || header.readUInt32BE(16) !== 0) {
    throw new ImageRefused('qcow2-backing-file', 'the qcow2 names a backing file');
  }
  const clusterBits = header.readUInt32BE(20);
  if (clusterBits < 9 || clusterBits > 21) {
    throw new ImageRefused('qcow2-cluster-size', `a cluster of 2^${clusterBits} bytes is absurd`);
  }
  if (header.readUInt32BE(32) !== 0) {
    throw new ImageRefused('qcow2-encrypted', 'the qcow2 is encrypted');
  }
  if (header.readUInt32BE(36) > maxL1Entries) {
    throw new ImageRefused('qcow2-header', 'the qcow2 has an absurdly large table');
  }
  const headerBytes = version === 3 ? await checkVersion3(source) : version2HeaderBytes;
  await checkExtensions(source, headerBytes, 2 ** clusterBits);
  return { virtualSizeBytes: saneVirtualSize(header.readBigUInt64BE(24)) };
}

/** @returns the length of the header, after which its extensions begin. */
async function checkVersion3(source: ImageSource): Promise<number> {
  const header = await readHeader(source, 0, version3HeaderBytes);
  const incompatible = header.readBigUInt64BE(72);
  if (incompatible & feature.dataFile) {
    throw new ImageRefused('qcow2-data-file', 'the qcow2 keeps its data in another file');
  }
  if (incompatible & feature.corrupt) {
    throw new ImageRefused('qcow2-corrupt', 'the qcow2 is marked as corrupt');
  }
  if (incompatible & ~acceptedFeatures) {
    throw new ImageRefused('qcow2-unknown-feature', 'the qcow2 needs a feature nobody here knows');
  }
  if (header.readUInt32BE(96) > 6) {
    throw new ImageRefused('qcow2-header', 'the qcow2 has reference counts of an absurd width');
  }
  return header.readUInt32BE(100);
}

async function checkExtensions(
  source: ImageSource,
  headerBytes: number,
  clusterBytes: number,
): Promise<void> {
  if (headerBytes % 8 !== 0 || headerBytes > clusterBytes || headerBytes < version2HeaderBytes) {
    throw new ImageRefused('qcow2-header', `a qcow2 header of ${headerBytes} bytes is absurd`);
  }
  let at = headerBytes;
  for (let count = 0; at + 8 <= Math.min(clusterBytes, source.sizeBytes); count++) {
    const extension = await readHeader(source, at, 8);
    const type = extension.readUInt32BE(0);
    if (type === extensionEnd) return;
    if (type === extensionDataFile) {
      throw new ImageRefused('qcow2-data-file', 'the qcow2 names a data file');
    }
    const lengthBytes = extension.readUInt32BE(4);
    if (count >= maxExtensions || at + 8 + lengthBytes > clusterBytes) {
      throw new ImageRefused('qcow2-header', 'the extensions of the qcow2 header overflow it');
    }
    at += 8 + Math.ceil(lengthBytes / 8) * 8;
  }
}
