import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Clients, rowsOf, StoryCloud } from './clients.ts';

describe('chapters 9 to 13, 17, 22 and 23 with the unmodified clients', () => {
  let story: StoryCloud;
  let demo: Clients;

  before(async () => {
    story = await StoryCloud.open();
    demo = story.as('cumulet');
    await demo.openstack('server create --image tiny --flavor m1.nano --network private --wait s');
  });
  after(() => story?.close());

  test('nova sets metadata and takes it away again', async () => {
    await demo.nova('meta s set role=web tier=front');
    await demo.nova('meta s delete tier');
    const { properties } = await demo.show<{ properties: object }>('server show s');
    assert.deepEqual(properties, { role: 'web' });
  });

  test('nova adds, lists and deletes tags', async () => {
    await demo.nova('--os-compute-api-version 2.26 server-tag-add s blue green');
    await demo.nova('--os-compute-api-version 2.26 server-tag-delete s blue');
    const rows = rowsOf(await demo.nova('--os-compute-api-version 2.26 server-tag-list s'));
    assert.deepEqual(rows, [{ Tag: 'green' }]);
  });

  test('a second interface is attached, listed and detached', async () => {
    const { id } = await demo.show<{ id: string }>('network show private');
    await demo.nova(`interface-attach --net-id ${id} s`);
    const rows = rowsOf(await demo.nova('interface-list s'));
    assert.equal(rows.length, 2);
    const second = rows.at(-1)?.['Port ID'] ?? '';
    await demo.nova(`interface-detach s ${second}`);
    assert.equal(rowsOf(await demo.nova('interface-list s')).length, 1);
  });

  test('a fixed address of the user’s own port stays the user’s', async () => {
    await demo.openstack('port create --network private kept');
    await demo.openstack('server add port s kept');
    await demo.openstack('server remove port s kept');
    const port = await demo.show('port show kept');
    assert.equal(port.device_id, '');
  });

  test('a port that is deleted is on the server no more', async () => {
    await demo.openstack('port create --network private gone');
    await demo.openstack('server add port s gone');
    assert.equal(rowsOf(await demo.nova('interface-list s')).length, 2);
    await demo.openstack('port delete gone');
    assert.equal(rowsOf(await demo.nova('interface-list s')).length, 1);
  });

  test('a flavor’s ephemeral disk and swap are shared out by both clients', async () => {
    const admin = story.as('cumulet-admin');
    await admin.openstack('flavor create --ram 64 --disk 1 --vcpus 1 --ephemeral 2 --swap 64 big');
    const create = 'server create --image tiny --flavor big --network private --wait';
    await demo.openstack(`${create} --ephemeral size=1 --swap 32 b`);
    await demo.nova('boot --image tiny --flavor big --nic none --ephemeral size=2 --poll c');
    await assert.rejects(
      demo.openstack(`${create} --swap 65 d`),
      /Swap drive requested is larger than instance type allows/,
    );
    const { hosts } = story.cloud;
    const sizes = [...hosts.storage.blankDisks.values()].map((disks) =>
      [...disks.values()].map(({ name, sizeBytes }) => `${name} ${sizeBytes / 1024 ** 2}`),
    );
    assert.deepEqual(sizes, [
      ['ephemeral0 1024', 'swap 32'],
      ['ephemeral0 2048', 'swap 64'],
    ]);
  });

  test('security groups come and go, and the older client sees them', async () => {
    await demo.openstack('security group create doors');
    await demo.openstack('server add security group s doors');
    const names = rowsOf(await demo.nova('list-secgroup s')).map((row) => row.Name);
    assert.deepEqual(names.sort(), ['default', 'doors']);
    await demo.openstack('server remove security group s doors');
    const left = rowsOf(await demo.nova('list-secgroup s')).map((row) => row.Name);
    assert.deepEqual(left, ['default']);
  });

  test('what was done to the server can be read, by request', async () => {
    const events =
      await demo.show<{ 'Request ID': string; Action: string }[]>('server event list s');
    const created = events.find((event) => event.Action === 'create');
    assert.ok(created);
    const version = '--os-compute-api-version 2.51';
    const shown = await demo.show(`${version} server event show s ${created['Request ID']}`);
    assert.equal(shown.action, 'create');
    assert.match(JSON.stringify(shown.events), /Success/);
  });

  test('an unset password is empty, and clearing it is no error', async () => {
    assert.equal(await demo.nova('get-password s'), '');
    await demo.nova('clear-password s');
  });

  test('a locked server is the administrator’s until it is unlocked', async () => {
    await demo.openstack('--os-compute-api-version 2.73 server lock --reason inventory s');
    const shown = await demo.show('--os-compute-api-version 2.73 server show s');
    assert.equal(shown.locked_reason, 'inventory');
    await demo.openstack('server unlock s');
    await demo.openstack('server stop s');
  });
});
