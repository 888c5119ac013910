import {
  ImageRefused,
  type ImageSource,
  type InspectedImage,
  peek,
  readHeader,
  saneVirtualSize,
} from './image-source.ts';

const sectorBytes = 512;
const headerBytes = 512;
const maxDescriptorSectors = 256n;
const directoryAtEnd = 0xffffffffffffffffn;
const acceptedTypes = ['monolithicsparse', 'streamoptimized'];
const noParent = 'ffffffff';

interface SparseHeader {
  capacitySectors: bigint;
  descriptorOffset: bigint;
  descriptorSectors: bigint;
  directoryOffset: bigint;
}

/**
 * Accepts a VMDK whose only extent is the file itself. Every other kind of VMDK is a text that
 * names files, and a hostile one names files of the host.
 */
export async function inspectVmdk(source: ImageSource): Promise<InspectedImage> {
  const signature = await peek(source, 0, 4);
  if (signature.toString('latin1') !== 'KDMV') {
    throw new ImageRefused('vmdk-subformat', 'only a sparse VMDK in one file is accepted');
  }
  const header = parseHeader(await readHeader(source, 0, headerBytes));
  if (header.capacitySectors === 0n) {
    // QEMU takes a capacity of zero as a sign that the descriptor names the extents.
    throw new ImageRefused('vmdk-subformat', 'the VMDK has no capacity of its own');
  }
  checkDescriptor(await readDescriptor(source, header));
  if (header.directoryOffset === directoryAtEnd) await checkFooter(source, header);
  return { virtualSizeBytes: saneVirtualSize(header.capacitySectors * BigInt(sectorBytes)) };
}

function parseHeader(header: Buffer): SparseHeader {
  return {
    capacitySectors: header.readBigUInt64LE(12),
    descriptorOffset: header.readBigUInt64LE(28),
    descriptorSectors: header.readBigUInt64LE(36),
    directoryOffset: header.readBigUInt64LE(56),
  };
}

async function readDescriptor(source: ImageSource, header: SparseHeader): Promise<string> {
  const { descriptorOffset, descriptorSectors } = header;
  if (descriptorOffset === 0n || descriptorSectors === 0n) {
    throw new ImageRefused('vmdk-descriptor', 'the VMDK has no descriptor');
  }
  if (descriptorSectors > maxDescriptorSectors) {
    throw new ImageRefused('vmdk-descriptor', 'the descriptor of the VMDK is absurdly long');
  }
  const lengthBytes = Number(descriptorSectors) * sectorBytes;
  const bytes = await readHeader(source, descriptorOffset * BigInt(sectorBytes), lengthBytes);
  const end = bytes.indexOf(0);
  return bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
}

/** Every line is a comment, a known setting or the one extent; whatever else it says is refused. */
function checkDescriptor(descriptor: string): void {
  const lines = descriptor.split(/\r\n|\r|\n/).map((line) => line.trim());
  const extents: string[] = [];
  let createType: string | undefined;
  for (const line of lines) {
    if (line === '' || line.startsWith('#')) continue;
    const setting = /^([A-Za-z0-9_.]+)\s*=\s*"?([^"]*)"?$/.exec(line);
    if (!setting) {
      extents.push(line);
      continue;
    }
    const name = (setting[1] ?? '').toLowerCase();
    const value = (setting[2] ?? '').toLowerCase();
    if (name === 'createtype') {
      if (createType !== undefined && createType !== value) {
        throw new ImageRefused('vmdk-descriptor', 'the VMDK has two create types');
      }
      createType = value;
    }
    const isParent = name === 'parentfilenamehint' || (name === 'parentcid' && value !== noParent);
    if (isParent) throw new ImageRefused('vmdk-parent', 'the VMDK depends on a parent');
  }
  if (/parentfilenamehint/i.test(descriptor)) {
    throw new ImageRefused('vmdk-parent', 'the VMDK depends on a parent');
  }
  if (createType === undefined || !acceptedTypes.includes(createType)) {
    throw new ImageRefused('vmdk-subformat', `a VMDK of type ${createType} is not accepted`);
  }
  checkExtents(extents);
}

function checkExtents(extents: string[]): void {
  const [extent] = extents;
  if (extents.length !== 1 || extent === undefined) {
    throw new ImageRefused('vmdk-extents', `the VMDK names ${extents.length} extents, not one`);
  }
  const parts = /^RW\s+\d+\s+SPARSE\s+"([^"]*)"$/i.exec(extent);
  const name = parts?.[1] ?? '';
  if (!parts || /[/\\:]/.test(name) || name.startsWith('.')) {
    throw new ImageRefused('vmdk-extents', 'the VMDK names another file than itself');
  }
}

/** A stream's second header at its end is the one QEMU uses: it must say the same. */
async function checkFooter(source: ImageSource, header: SparseHeader): Promise<void> {
  const bytes = await peek(source, source.sizeBytes - 2 * headerBytes, headerBytes);
  const isHeader = bytes.length === headerBytes && bytes.toString('latin1', 0, 4) === 'KDMV';
  const footer = isHeader ? parseHeader(bytes) : undefined;
  const isSame =
    footer?.capacitySectors === header.capacitySectors &&
    [0n, header.descriptorOffset].includes(footer.descriptorOffset);
  if (!isSame) throw new ImageRefused('vmdk-footer', 'the two headers of the VMDK disagree');
}
