import assert from 'node:assert/strict';
import type { StorageDriver } from '#drivers/storage/storage.ts';

type Promised = (name: string, body: (driver: StorageDriver) => Promise<void>) => void;

/** A drive goes with its server to a store that is another host's. */
export function configDrivePromises(promise: Promised): void {
  promise('a config drive comes along as it is, where there is none yet', async (driver) => {
    const files = (text: string) => ({ 'openstack/latest/meta_data.json': Buffer.from(text) });
    assert.equal(await driver.exportConfigDrive('server-1'), undefined);
    await driver.createConfigDrive('server-1', files('{}'));
    await driver.createConfigDrive('server-2', files('{"other":1}'));
    const first = await driver.exportConfigDrive('server-1');
    assert.ok(first);
    await driver.importConfigDrive('server-2', first);
    await driver.importConfigDrive('server-3', first);
    const exported = async (id: string) => Buffer.from((await driver.exportConfigDrive(id)) ?? []);
    assert.notDeepEqual(await exported('server-2'), Buffer.from(first));
    await driver.createConfigDrive('server-3', files('{"later":1}'));
    assert.deepEqual(await exported('server-3'), Buffer.from(first));
  });
}
