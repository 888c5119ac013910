import { type DetectedFormat, detectFormat } from './detect.ts';
import { ImageRefused, type ImageSource, type InspectedImage } from './image-source.ts';
import { inspectQcow2 } from './qcow2.ts';
import { inspectVdi } from './vdi.ts';
import { inspectVhd } from './vhd.ts';
import { inspectVhdx } from './vhdx.ts';
import { inspectVmdk } from './vmdk.ts';

/** Formats an image may be declared with, by Glance's names. */
export const declarableFormats = [
  'raw',
  'qcow2',
  'vmdk',
  'vdi',
  'vhd',
  'vhdx',
  'iso',
  'ami',
  'aki',
  'ari',
] as const;

export type DeclarableFormat = (typeof declarableFormats)[number];

/** What data of each declared format must really be. */
const requiredFormat: Record<DeclarableFormat, DetectedFormat> = {
  raw: 'raw',
  qcow2: 'qcow2',
  vmdk: 'vmdk',
  vdi: 'vdi',
  vhd: 'vhd',
  vhdx: 'vhdx',
  iso: 'iso',
  // Machine, kernel and ramdisk images are opaque: anything, but no disguised disk format.
  ami: 'raw',
  aki: 'raw',
  ari: 'raw',
};

/**
 * Checks data against the format their owner declares, reading only headers.
 * @throws ImageRefused with the rule that failed; whatever the data are, nothing else is thrown
 * but what `source.read` throws.
 */
export async function inspectImage(
  declaredFormat: string,
  source: ImageSource,
): Promise<InspectedImage> {
  const required = isDeclarable(declaredFormat) ? requiredFormat[declaredFormat] : undefined;
  if (required === undefined) {
    throw new ImageRefused('unknown-format', `the format ${declaredFormat} is not accepted`);
  }
  const { format } = await detectFormat(source);
  if (format !== required) {
    const sentence = `the image is declared as ${declaredFormat}, but its data are ${format}`;
    throw new ImageRefused('format-mismatch', sentence);
  }
  return inspectDetected(required, source);
}

function isDeclarable(format: string): format is DeclarableFormat {
  return declarableFormats.some((known) => known === format);
}

async function inspectDetected(
  format: DetectedFormat,
  source: ImageSource,
): Promise<InspectedImage> {
  switch (format) {
    case 'qcow2':
      return inspectQcow2(source);
    case 'vmdk':
      return inspectVmdk(source);
    case 'vdi':
      return inspectVdi(source);
    case 'vhd':
      return inspectVhd(source);
    case 'vhdx':
      return inspectVhdx(source);
    default:
      if (source.sizeBytes === 0) throw new ImageRefused('empty', 'the image has no data');
      return { virtualSizeBytes: source.sizeBytes };
  }
}
