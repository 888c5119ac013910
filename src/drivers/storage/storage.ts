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

/** A local disk besides the root disk, empty at first. */
export interface BlankDiskSpec {
  /** The server's UUID, as of its root disk. */
  diskId: string;
  /** Which of the server's it is: `ephemeral0`, `swap`. */
  name: string;
  sizeBytes: number;
  /** What is written on it before the guest sees it. */
  content: 'nothing' | 'swap-signature';
}

/** What a server is to have instead of its disks. */
export interface DiskReplacement {
  diskId: string;
  /** 0: as large as it is. */
  rootBytes: number;
  /** All of them; one that is not named is gone. */
  blanks: readonly BlankDiskSpec[];
}

/** A copy of a server's root disk on its way to become an image. */
export interface SnapshotSpec {
  diskId: string;
  snapshotId: string;
  /** What the root disk lies on. */
  imageId: string;
  imageFormat: 'qcow2' | 'raw';
}

export interface SnapshotFacts {
  format: 'qcow2' | 'raw';
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

/** Thrown where a root disk is asked for that was never made, or is deleted. */
export class DiskNotThere extends Error {
  constructor(diskId: string) {
    super(`there is no root disk ${diskId}`);
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
  /** Has the image at hand for disks to come. Throws ImageNotStored. */
  cacheImage(imageId: string): Promise<void>;
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
  /** The drive as it was made, for another store of this kind; undefined where there is none. */
  exportConfigDrive(diskId: string): Promise<Uint8Array | undefined>;
  /** A drive that another store exported; an existing one of that id is left as it is. */
  importConfigDrive(diskId: string, drive: Uint8Array): Promise<void>;
  /**
   * At most so many bytes of a disk's own file, none behind its end; no guest may run on it.
   * `name`: of a blank disk; null: the root disk, without what it lies on. Throws DiskNotThere.
   */
  readDisk(
    diskId: string,
    name: string | null,
    offset: number,
    lengthBytes: number,
  ): Promise<Uint8Array>;
  /** What another store of this kind has read, from its beginning on; no disk before it is kept. */
  receiveDisk(
    diskId: string,
    name: string | null,
    offset: number,
    bytes: Uint8Array,
  ): Promise<void>;
  /** Puts what was received in the place of the disk that was made; nothing if that is done. */
  keepReceivedDisk(diskId: string, name: string | null): Promise<void>;
  /** An existing one of that id and name is left as it is, with all that is on it. */
  createBlankDisk(disk: BlankDiskSpec): Promise<DiskLocation>;
  /**
   * Puts other disks in the place of a server's root and blank disks: the root disk and those that
   * hold something as copies, grown where they are to be larger, and never smaller. The former ones
   * are kept bit for bit until one of both is given up. No guest may run on them.
   */
  replaceDisks(wanted: DiskReplacement): Promise<void>;
  /** Gives up what replaced the former disks; nothing happens where none are kept. */
  restoreDisks(diskId: string): Promise<void>;
  /** Gives up the former disks. A guest may run on what replaced them. */
  dropFormerDisks(diskId: string): Promise<void>;
  /**
   * Takes a server's root disk, config drive and, unless they are kept, blank disks out of use, so
   * that others can be made; they stay whole. Those that are aside already are left as they are.
   */
  putDisksAside(diskId: string, keepsBlankDisks: boolean): Promise<void>;
  /** Puts what is aside in the place of what was made since; nothing without a root disk aside. */
  bringDisksBack(diskId: string): Promise<void>;
  /** Removes what is aside. A guest may run on what took its place. */
  dropDisksAside(diskId: string): Promise<void>;
  /**
   * The root disk with all that it lies on, as one qcow2 that stands alone; no guest may run on it
   * meanwhile. Throws DiskNotThere.
   */
  exportRootDisk(diskId: string, signal?: AbortSignal): Promise<Readable>;
  /**
   * Keeps a copy of a root disk that stands alone: `copyPath`, which the hypervisor made while a
   * guest writes to the disk and which is taken away, or one that is made now, if there is none.
   */
  takeSnapshot(
    snapshot: SnapshotSpec,
    copyPath?: string,
    signal?: AbortSignal,
  ): Promise<SnapshotFacts>;
  /** At most so many bytes of it; none behind its end. */
  readSnapshot(
    diskId: string,
    snapshotId: string,
    offset: number,
    lengthBytes: number,
  ): Promise<Uint8Array>;
  dropSnapshot(diskId: string, snapshotId: string): Promise<void>;
  /** Removes all disks and snapshots of that id, those that are former or aside too. */
  deleteDisks(diskId: string): Promise<void>;
  diskIds(): Promise<string[]>;
  /** Of those with a root disk; null where disks end with the process, so that none can be lost. */
  rootDiskIds(): Promise<string[] | null>;
  /** Removes what only an interrupted call or the last user of a cached base left behind. */
  sweep(): Promise<void>;
}
