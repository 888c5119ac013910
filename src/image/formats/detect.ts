import { ImageRefused, type ImageSource, peek } from './image-source.ts';

/** What data can really be, whatever their owner declares. */
export type DetectedFormat =
  | 'raw'
  | 'qcow2'
  | 'qcow'
  | 'qed'
  | 'vmdk'
  | 'vdi'
  | 'vhd'
  | 'vhdx'
  | 'luks'
  | 'ploop'
  | 'iso';

export interface Detection {
  format: DetectedFormat;
  /** Raw disks and hybrid ISO images may begin with one. */
  partitionTable?: 'gpt' | 'mbr';
}

const vhdFooterBytes = 512;
const isoDescriptorOffset = 32768;

/**
 * Says by their signatures what the data are. Data without any known signature are raw.
 * @throws ImageRefused `several-formats` when they pass for two formats at once: whoever made
 * them wants two programs to disagree.
 */
export async function detectFormat(source: ImageSource): Promise<Detection> {
  const head = await peek(source, 0, 1024);
  const found: DetectedFormat[] = headFormats(head);
  const isoDescriptor = await peek(source, isoDescriptorOffset, 6);
  if (isoDescriptor.toString('latin1', 1, 6) === 'CD001') found.push('iso');
  const footer = await peek(source, source.sizeBytes - vhdFooterBytes, 8);
  if (!found.includes('vhd') && startsWith(footer, 'conectix')) found.push('vhd');
  if (found.length > 1) {
    const names = found.join(' and ');
    throw new ImageRefused('several-formats', `the data pass for ${names} at once`);
  }
  const format = found[0] ?? 'raw';
  const partitionTable = format === 'raw' || format === 'iso' ? tableOf(head) : undefined;
  return partitionTable === undefined ? { format } : { format, partitionTable };
}

function headFormats(head: Buffer): DetectedFormat[] {
  const formats: DetectedFormat[] = [];
  if (startsWith(head, 'QFI\xfb')) {
    formats.push(head.length >= 8 && head.readUInt32BE(4) === 1 ? 'qcow' : 'qcow2');
  }
  if (startsWith(head, 'QED\0')) formats.push('qed');
  if (isVmdk(head)) formats.push('vmdk');
  if (head.length >= 68 && head.readUInt32LE(64) === 0xbeda107f) formats.push('vdi');
  if (startsWith(head, 'conectix')) formats.push('vhd');
  if (startsWith(head, 'vhdxfile')) formats.push('vhdx');
  if (startsWith(head, 'LUKS\xba\xbe')) formats.push('luks');
  if (startsWith(head, 'WithoutFreeSpace') || startsWith(head, 'WithouFreSpacExt')) {
    formats.push('ploop');
  }
  return formats;
}

function isVmdk(head: Buffer): boolean {
  if (startsWith(head, 'KDMV') || startsWith(head, 'COWD')) return true;
  // QEMU skips comments and empty lines of a text before it looks for `version=`; so do we.
  const text = head.toString('latin1').toLowerCase();
  return text.startsWith('# disk descriptorfile') || /^(#[^\n]*\n|[ \r]*\n)*version=/.test(text);
}

function tableOf(head: Buffer): 'gpt' | 'mbr' | undefined {
  if (head.length < 512 || head.readUInt16BE(510) !== 0x55aa) return undefined;
  const entries = [446, 462, 478, 494].map((at) => ({ boot: head[at], type: head[at + 4] ?? 0 }));
  if (entries.some((entry) => entry.type === 0xee)) return 'gpt';
  const isTable = entries.every((entry) => entry.boot === 0 || entry.boot === 0x80);
  return isTable && entries.some((entry) => entry.type !== 0) ? 'mbr' : undefined;
}

function startsWith(bytes: Buffer, signature: string): boolean {
  return bytes.toString('latin1', 0, signature.length) === signature;
}
