import {
  ImageRefused,
  type ImageSource,
  type InspectedImage,
  readHeader,
  saneVirtualSize,
} from './image-source.ts';

const regionTableOffset = 192 * 1024;
const tableHeaderBytes = 16;
const entryBytes = 32;
const maxRegions = 2047;
const maxMetadataItems = 2047;
const maxItemBytes = 1024;

/** GUIDs as they lie in the file: the first three parts little-endian. */
const metadataRegion = guidBytes('8b7ca206-4790-4b9a-b8fe-575f050f886e');
const fileParameters = guidBytes('caa16737-fa36-4d43-b3b6-33f0aa44e76b');
const virtualDiskSize = guidBytes('2fa54224-cd1b-4876-b211-5dbed83bf4b8');
const parentLocator = guidBytes('a8d35f2d-b30b-454d-abf7-d3d84834ab0c');
const hasParentFlag = 2;

/** Accepts a VHDX without a parent. */
export async function inspectVhdx(source: ImageSource): Promise<InspectedImage> {
  const metadataOffset = await findMetadataRegion(source);
  const table = await readHeader(source, metadataOffset, 32);
  const count = table.readUInt16LE(10);
  if (table.toString('latin1', 0, 8) !== 'metadata' || count > maxMetadataItems) {
    throw new ImageRefused('vhdx-metadata', 'the VHDX has no sane table of metadata');
  }
  const entries = await readHeader(source, metadataOffset + 32n, count * entryBytes);
  const readItem = (guid: string, lengthBytes: number): Promise<Buffer> | undefined => {
    const entry = findEntry(entries, guid);
    if (entry === undefined) return undefined;
    const itemBytes = entry.readUInt32LE(20);
    if (itemBytes < lengthBytes || itemBytes > maxItemBytes) return undefined;
    return readHeader(source, metadataOffset + BigInt(entry.readUInt32LE(16)), lengthBytes);
  };
  const parameters = await readItem(fileParameters, 8);
  const size = await readItem(virtualDiskSize, 8);
  if (!parameters || !size) {
    throw new ImageRefused('vhdx-metadata', 'the VHDX does not say how large it is');
  }
  if (parameters.readUInt32LE(4) & hasParentFlag || findEntry(entries, parentLocator)) {
    throw new ImageRefused('vhdx-parent', 'the VHDX is a difference to another disk');
  }
  return { virtualSizeBytes: saneVirtualSize(size.readBigUInt64LE(0)) };
}

async function findMetadataRegion(source: ImageSource): Promise<bigint> {
  const header = await readHeader(source, regionTableOffset, tableHeaderBytes);
  const count = header.readUInt32LE(8);
  if (header.toString('latin1', 0, 4) !== 'regi' || count > maxRegions) {
    throw new ImageRefused('vhdx-regions', 'the VHDX has no sane table of regions');
  }
  const start = regionTableOffset + tableHeaderBytes;
  const entries = await readHeader(source, start, count * entryBytes);
  const region = findEntry(entries, metadataRegion);
  if (!region) throw new ImageRefused('vhdx-regions', 'the VHDX has no region of metadata');
  return region.readBigUInt64LE(16);
}

function findEntry(entries: Buffer, guid: string): Buffer | undefined {
  for (let at = 0; at + entryBytes <= entries.length; at += entryBytes) {
    if (entries.toString('hex', at, at + 16) === guid) return entries.subarray(at, at + entryBytes);
  }
  return undefined;
}

function guidBytes(text: string): string {
  const [first = '', second = '', third = '', ...rest] = text.split('-');
  const reversed = [first, second, third].map((part) => Buffer.from(part, 'hex').reverse());
  return Buffer.concat([...reversed, Buffer.from(rest.join(''), 'hex')]).toString('hex');
}
