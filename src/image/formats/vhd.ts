import {
  ImageRefused,
  type ImageSource,
  type InspectedImage,
  readHeader,
  saneVirtualSize,
} from './image-source.ts';

const footerBytes = 512;
const typeFixed = 2;
const typeDynamic = 3;

/** Accepts a fixed or dynamic VHD; a differencing one depends on a file it names. */
export async function inspectVhd(source: ImageSource): Promise<InspectedImage> {
  const head = await readHeader(source, 0, 8);
  // A dynamic disk begins with a copy of its footer; a fixed one has it only at the end.
  const isDynamic = head.toString('latin1') === 'conectix';
  const footerOffset = isDynamic ? 0 : source.sizeBytes - footerBytes;
  const footer = await readHeader(source, footerOffset, footerBytes);
  const type = footer.readUInt32BE(60);
  if (type !== typeFixed && type !== typeDynamic) {
    throw new ImageRefused('vhd-parent', 'the VHD is a difference to another disk');
  }
  const currentSizeBytes = footer.readBigUInt64BE(48);
  if (type === typeFixed && currentSizeBytes > BigInt(source.sizeBytes)) {
    throw new ImageRefused('truncated', 'the VHD is shorter than it says');
  }
  if (type === typeDynamic) {
    const dynamic = await readHeader(source, footer.readBigUInt64BE(16), 1024);
    if (dynamic.toString('latin1', 0, 8) !== 'cxsparse') {
      throw new ImageRefused('vhd-header', 'the VHD has no dynamic header where it should be');
    }
  }
  return { virtualSizeBytes: saneVirtualSize(currentSizeBytes) };
}
