import { DiskTooSmall, ImageNotStored } from '#drivers/storage/storage.ts';

/** An error as it crosses a wire. */
export interface ErrorRow {
  name: string;
  message: string;
  /** Members that a known class is made of again. */
  facts?: Record<string, string | number>;
}

/** What a request that was called off fails with. */
export class CallCancelled extends Error {
  override name = 'CallCancelled';
  constructor() {
    super('the call was cancelled');
  }
}

/** Classes that those above the bus may tell apart. */
const known = [
  {
    name: 'DiskTooSmall',
    facts: (error: unknown) =>
      error instanceof DiskTooSmall
        ? { sizeBytes: error.sizeBytes, imageBytes: error.imageVirtualSizeBytes }
        : undefined,
    restore: ({ sizeBytes, imageBytes }: Record<string, string | number>) =>
      new DiskTooSmall(Number(sizeBytes), Number(imageBytes)),
  },
  {
    name: 'ImageNotStored',
    facts: (error: unknown) =>
      error instanceof ImageNotStored ? { imageId: error.imageId } : undefined,
    restore: ({ imageId }: Record<string, string | number>) => new ImageNotStored(String(imageId)),
  },
];

export function rowOfError(error: unknown): ErrorRow {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  for (const { name, facts } of known) {
    const found = facts(error);
    if (found) return { name, message: error.message, facts: found };
  }
  return { name: error.name, message: error.message };
}

export function errorOfRow({ name, message, facts }: ErrorRow): Error {
  const row = facts && known.find((one) => one.name === name);
  if (row && facts) return row.restore(facts);
  return Object.assign(new Error(message), { name });
}
