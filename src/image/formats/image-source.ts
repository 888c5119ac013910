/** Read access to an image's data, wherever they lie. */
export interface ImageSource {
  /** All of the data's bytes. */
  sizeBytes: number;
  /** The bytes from `offset`; fewer than `lengthBytes` only where the data end. */
  read(offset: number, lengthBytes: number): Promise<Uint8Array>;
}

/** Thrown for data that must not be kept as an image of the declared format. */
export class ImageRefused extends Error {
  /** The rule that failed, a short kebab-case name, stable for callers and tests. */
  readonly rule: string;

  constructor(rule: string, sentence: string) {
    super(sentence);
    this.name = 'ImageRefused';
    this.rule = rule;
  }
}

/** What an inspector found out about data that it accepts. */
export interface InspectedImage {
  /** Bytes of the disk as a guest would see it. */
  virtualSizeBytes: number;
}

/** No header of an accepted image is larger; what asks for more is refused, not allocated. */
const maxHeaderBytes = 1024 * 1024;

/** Reads what must be there; throws ImageRefused `truncated` when the data end before. */
export async function readHeader(
  source: ImageSource,
  offset: number | bigint,
  lengthBytes: number,
): Promise<Buffer> {
  const start = Number(offset);
  const isInside = start >= 0 && lengthBytes >= 0 && start + lengthBytes <= source.sizeBytes;
  if (!isInside || lengthBytes > maxHeaderBytes) throw truncated();
  const bytes = await source.read(start, lengthBytes);
  if (bytes.length < lengthBytes) throw truncated();
  return Buffer.from(bytes.buffer, bytes.byteOffset, lengthBytes);
}

/** Reads up to `lengthBytes`, less where the data end: for looking, not for parsing. */
export async function peek(
  source: ImageSource,
  offset: number,
  lengthBytes: number,
): Promise<Buffer> {
  if (offset < 0 || offset >= source.sizeBytes) return Buffer.alloc(0);
  const bytes = await source.read(offset, Math.min(lengthBytes, source.sizeBytes - offset));
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, lengthBytes));
}

/** Virtual sizes beyond this are not disks but attacks on whoever does arithmetic with them. */
const maxVirtualSizeBytes = 64n * 1024n ** 4n;

/** A virtual size as a number; throws ImageRefused `virtual-size` for an absurd one. */
export function saneVirtualSize(sizeBytes: bigint): number {
  if (sizeBytes <= 0n || sizeBytes > maxVirtualSizeBytes) {
    throw new ImageRefused('virtual-size', `a disk of ${sizeBytes} bytes is out of bounds`);
  }
  return Number(sizeBytes);
}

function truncated(): ImageRefused {
  return new ImageRefused('truncated', 'the data end before the header they announce');
}
