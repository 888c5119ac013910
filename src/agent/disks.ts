import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip, gzip, type ZlibOptions } from 'node:zlib';
import { limits } from '#base/limits.ts';
import { together } from '#base/together.ts';
import type { DiskReplacement, StorageDriver } from '#drivers/storage/storage.ts';
import { configDriveOf } from './config-drive.ts';
import { localDisksOf } from './guest-parts.ts';
import { makeRescueDisks, rescueDiskId } from './rescue.ts';
import type { WantedDisks, WantedRescue } from './wanted.ts';

/** A volume is mostly empty: the least effort takes most of it away. */
const compress = (bytes: Uint8Array) =>
  promisify<Uint8Array, ZlibOptions, Buffer>(gzip)(bytes, { level: 1 });
const decompress = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip);

/** What an agent does with a server's disks, whatever becomes of its guest. */
export class DisksOfHost {
  #storage: StorageDriver;

  constructor(storage: StorageDriver) {
    this.#storage = storage;
  }

  /** What disks will be made from is fetched now. */
  cacheImage(imageId: string): Promise<void> {
    return this.#storage.cacheImage(imageId);
  }

  async ensureDisks(server: WantedDisks): Promise<void> {
    await together([
      this.#storage.createRootDisk(server.rootDisk),
      localDisksOf(this.#storage, server),
      configDriveOf(this.#storage, server),
    ]);
  }

  /** The config drive as it was made, in base64 and compressed; null where there is none. */
  async exportConfigDrive(serverId: string): Promise<string | null> {
    const drive = await this.#storage.exportConfigDrive(serverId);
    return drive === undefined ? null : (await compress(drive)).toString('base64');
  }

  /** What another host exported; one that is there already is left as it is. */
  async importConfigDrive(serverId: string, drive: string): Promise<void> {
    const limit = { maxOutputLength: limits.configDriveBytes };
    await this.#storage.importConfigDrive(
      serverId,
      await decompress(Buffer.from(drive, 'base64'), limit),
    );
  }

  /**
   * A piece of a disk's own file in base64 and compressed, for another host; empty behind its end.
   * @param name of a local disk; null: the root disk, without what it lies on
   */
  async readDisk(
    serverId: string,
    name: string | null,
    offset: number,
    lengthBytes: number,
  ): Promise<string> {
    const bytes = await this.#storage.readDisk(serverId, name, offset, lengthBytes);
    return bytes.length === 0 ? '' : (await compress(bytes)).toString('base64');
  }

  /** @returns how many bytes the piece held */
  async receiveDisk(
    serverId: string,
    name: string | null,
    offset: number,
    piece: string,
  ): Promise<number> {
    const limit = { maxOutputLength: limits.diskPieceBytes };
    const bytes = await decompress(Buffer.from(piece, 'base64'), limit);
    await this.#storage.receiveDisk(serverId, name, offset, bytes);
    return bytes.length;
  }

  keepReceivedDisk(serverId: string, name: string | null): Promise<void> {
    return this.#storage.keepReceivedDisk(serverId, name);
  }

  async removeDisks(serverId: string): Promise<void> {
    await together([this.dropRescueDisks(serverId), this.#storage.deleteDisks(serverId)]);
  }

  /** What the server is to be rescued with, while its guest goes on. */
  async ensureRescueDisks(server: WantedDisks, rescue: WantedRescue): Promise<void> {
    await makeRescueDisks(this.#storage, server, rescue);
  }

  dropRescueDisks(serverId: string): Promise<void> {
    return this.#storage.deleteDisks(rescueDiskId(serverId));
  }

  /** Puts other disks in the place of a server's, and keeps the former ones, whatever comes. */
  replaceDisks(wanted: DiskReplacement): Promise<void> {
    return this.#storage.replaceDisks(wanted);
  }

  /** What was written since the disks were replaced is lost. */
  restoreDisks(serverId: string): Promise<void> {
    return this.#storage.restoreDisks(serverId);
  }

  dropFormerDisks(serverId: string): Promise<void> {
    return this.#storage.dropFormerDisks(serverId);
  }

  /** The server's disks stay whole while others take their place, until one of both is given up. */
  putDisksAside(serverId: string, keepsLocalDisks: boolean): Promise<void> {
    return this.#storage.putDisksAside(serverId, keepsLocalDisks);
  }

  bringDisksBack(serverId: string): Promise<void> {
    return this.#storage.bringDisksBack(serverId);
  }

  dropDisksAside(serverId: string): Promise<void> {
    return this.#storage.dropDisksAside(serverId);
  }

  /** The server's disk as one qcow2; its guest has to be off. */
  exportDisk(serverId: string, signal: AbortSignal): Promise<Readable> {
    return this.#storage.exportRootDisk(serverId, signal);
  }

  /** @returns a piece of it in base64, empty behind its end */
  async readSnapshot(
    serverId: string,
    snapshotId: string,
    offset: number,
    lengthBytes: number,
  ): Promise<string> {
    const bytes = await this.#storage.readSnapshot(serverId, snapshotId, offset, lengthBytes);
    return Buffer.from(bytes).toString('base64');
  }

  dropSnapshot(serverId: string, snapshotId: string): Promise<void> {
    return this.#storage.dropSnapshot(serverId, snapshotId);
  }
}
