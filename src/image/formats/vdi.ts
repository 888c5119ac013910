import {
  ImageRefused,
  type ImageSource,
  type InspectedImage,
  readHeader,
  saneVirtualSize,
} from './image-source.ts';

const headerBytes = 456;
const typeDynamic = 1;
const typeStatic = 2;

/** Accepts a VirtualBox disk without a parent. */
export async function inspectVdi(source: ImageSource): Promise<InspectedImage> {
  const header = await readHeader(source, 0, headerBytes);
  const version = header.readUInt32LE(68);
  if (version !== 0x00010001) {
    throw new ImageRefused('vdi-version', `VDI version ${version.toString(16)} is not known`);
  }
  const type = header.readUInt32LE(76);
  if (type !== typeDynamic && type !== typeStatic) {
    throw new ImageRefused('vdi-parent', 'the VDI is a difference to another disk');
  }
  const links = header.subarray(424, 456);
  if (links.some((byte) => byte !== 0)) {
    throw new ImageRefused('vdi-parent', 'the VDI is linked to another disk');
  }
  return { virtualSizeBytes: saneVirtualSize(header.readBigUInt64LE(368)) };
}
