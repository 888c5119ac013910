import assert from 'node:assert/strict';
import { DiskNotThere, type StorageDriver } from '#drivers/storage/storage.ts';

type Promised = (name: string, body: (driver: StorageDriver) => Promise<void>) => void;

const pieceBytes = 64;
const blank = { name: 'swap', sizeBytes: 1024 * 1024, content: 'nothing' } as const;

async function readWhole(driver: StorageDriver, diskId: string, name: string | null) {
  const pieces: Uint8Array[] = [];
  for (let offset = 0; ; ) {
    const piece = await driver.readDisk(diskId, name, offset, pieceBytes * 1024);
    if (piece.length === 0) return Buffer.concat(pieces);
    pieces.push(Buffer.from(piece));
    offset += piece.length;
  }
}

/** A disk goes with its server, piece by piece, to a store that is another host's. */
export function movedDiskPromises(promise: Promised): void {
  promise('a disk that is received takes the place of the one that was made', async (driver) => {
    await driver.createBlankDisk({ diskId: 'server-1', ...blank });
    await driver.createBlankDisk({ diskId: 'server-2', ...blank, content: 'swap-signature' });
    const [source, other] = [
      await readWhole(driver, 'server-1', 'swap'),
      await readWhole(driver, 'server-2', 'swap'),
    ];
    assert.notDeepEqual(source, other);
    // An attempt that was cut short is begun again.
    await driver.receiveDisk('server-2', 'swap', 0, other.subarray(0, pieceBytes));
    for (let offset = 0; offset < source.length; offset += pieceBytes * 1024) {
      const piece = source.subarray(offset, offset + pieceBytes * 1024);
      await driver.receiveDisk('server-2', 'swap', offset, piece);
    }
    assert.deepEqual(await readWhole(driver, 'server-2', 'swap'), other, 'not before it is kept');
    for (const _ of ['kept', 'and kept again']) {
      await driver.keepReceivedDisk('server-2', 'swap');
      assert.deepEqual(await readWhole(driver, 'server-2', 'swap'), source);
    }
  });

  promise('what was received in part goes with the server’s disks', async (driver) => {
    await driver.createBlankDisk({ diskId: 'server-1', ...blank });
    await driver.receiveDisk('server-1', 'swap', 0, new Uint8Array(pieceBytes).fill(1));
    await driver.deleteDisks('server-1');
    assert.deepEqual(await driver.diskIds(), []);
    await driver.keepReceivedDisk('server-1', 'swap');
    assert.deepEqual(await driver.diskIds(), []);
    for (const name of ['swap', null]) {
      await assert.rejects(driver.readDisk('server-1', name, 0, pieceBytes), DiskNotThere);
    }
  });
}
