import type { Readable } from 'node:stream';

/** Where the hypervisor finds a disk. Files today; a Ceph image is another member later. */
export type DiskLocation =
  | { kind: 'file'; path: string; format: 'qcow2' | 'raw'; readOnly: boolean; backing: string[] }
  | { kind: 'simulated'; id: string };

export interface StoredImage {
  sizeBytes: number;
  md5: string;
  sha512: string;
}

export interface RootDiskSpec {
  /** The server's UUID: a server has one root disk. */
  diskId: string;
  imageId: string;
  imageFormat: 'qcow2' | 'raw';
  /** Virtual size as the guest sees it; 0 means the image's own. */
  sizeBytes: number;
}

export interface ByteRange {
  /** First byte, from 0. */
  start: number;
  /** Last byte, inclusive; absent means to the end. */
  end?: number;
}

/** Thrown by `writeImage` when the stream is longer than allowed; nothing was kept. */
export class ImageTooLarge extends Error {
  readonly maxBytes: number;
  constructor(maxBytes: number) {
    super(`image data exceed ${maxBytes} bytes`);
    this.maxBytes = maxBytes;
  }
}

/** Thrown where data of an image are asked for and the store has none. */
export class ImageNotStored extends Error {
  readonly imageId: string;
  constructor(imageId: string) {
    super(`no data are stored for image ${imageId}`);
    this.imageId = imageId;
  }
}

/** Thrown by `createRootDisk` when the disk could not hold the image; nothing was made. */
export class DiskTooSmall extends Error {
  readonly sizeBytes: number;
  readonly imageVirtualSizeBytes: number;
  constructor(sizeBytes: number, imageVirtualSizeBytes: number) {
    const needed = `the image needs ${imageVirtualSizeBytes} bytes`;
    super(`the flavor's disk is too small for the image: it has ${sizeBytes} bytes, ${needed}`);
    this.sizeBytes = sizeBytes;
    this.imageVirtualSizeBytes = imageVirtualSizeBytes;
  }
}

/**
 * Keeps images and the disks of servers. Every call is idempotent; what a call made is on stable
 * storage when it resolves, and a call that was interrupted leaves nothing visible.
 */
export interface StorageDriver {
  readonly kind: 'file' | 'simulated';
  /** Streams the data to stable storage with flat memory, hashing on the way. */
  writeImage(
    imageId: string,
    data: AsyncIterable<Uint8Array>,
    maxBytes: number,
  ): Promise<StoredImage>;
  /** Throws ImageNotStored when there is no such image. */
  readImage(imageId: string, range?: ByteRange): Promise<Readable>;
  /** Bytes of the stored image, or undefined when there is none. */
  imageSize(imageId: string): Promise<number | undefined>;
  /** Disks made from the image stay whole. */
  deleteImage(imageId: string): Promise<void>;
  imageIds(): Promise<string[]>;
  /**
   * A copy-on-write disk over the image; an existing one of that id is left as it is.
   * Throws DiskTooSmall, and ImageNotStored.
   */
  createRootDisk(disk: RootDiskSpec): Promise<DiskLocation>;
  /**
   * A read-only ISO 9660 volume labelled `config-2` with these files (path → content). An existing
   * one of that id is left as it is: what it was made with, a password too, is known only then.
   */
  createConfigDrive(diskId: string, files: Record<string, Uint8Array>): Promise<DiskLocation>;
  /** Removes the root disk and the config drive of that id. */
  deleteDisks(diskId: string): Promise<void>;
  diskIds(): Promise<string[]>;
  /** Removes what only an interrupted call or the last user of a cached base left behind. */
  sweep(): Promise<void>;
}
