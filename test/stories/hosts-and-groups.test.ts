import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Clients, rowsOf, StoryCloud } from './clients.ts';

describe('chapters 8 and 18 and the administrator’s view of hosts, with the clients', () => {
  let story: StoryCloud;
  let demo: Clients;
  let admin: Clients;

  before(async () => {
    story = await StoryCloud.open();
    [demo, admin] = [story.as('cumulet'), story.as('cumulet-admin')];
  });
  after(() => story?.close());

  test('servers are put in a group, and the group knows them', async () => {
    const group = await demo.show<{ id: string }>('server group create --policy affinity together');
    const create = `server create --image tiny --flavor m1.nano --network private --wait`;
    const server = await demo.show<{ id: string }>(`${create} --hint group=${group.id} member`);
    const shown = await demo.show<{ members: unknown }>('server group show together');
    assert.match(JSON.stringify(shown.members), new RegExp(server.id));
    await demo.openstack('server group delete together');
    assert.equal(await demo.openstack('server group list -f value'), '');
  });

  test('the zones of compute are listed, with hosts for administrators', async () => {
    const names = await demo.openstack('availability zone list --compute -f value');
    assert.match(names, /available/);
    const rows = await admin.show<object[]>('availability zone list --compute --long');
    assert.ok(rows.length > 0);
  });

  test('an aggregate gives its hosts a zone', async () => {
    const [host] = await admin.show<Record<string, string>[]>('hypervisor list');
    const name = host?.['Hypervisor Hostname'] ?? '';
    await admin.openstack('aggregate create fast');
    await admin.openstack('aggregate set --property ssd=true fast');
    await admin.openstack(`aggregate add host fast ${name}`);
    const { hosts } = await admin.show<{ hosts: unknown }>('aggregate show fast');
    assert.match(JSON.stringify(hosts), new RegExp(name));
    await admin.openstack(`aggregate remove host fast ${name}`);
    await admin.openstack('aggregate delete fast');
  });

  test('hypervisors and services tell what is used', async () => {
    const stats = await admin.show<Record<string, number>>('hypervisor stats show');
    assert.equal(stats.running_vms, 1);
    const [service] = await admin.show<Record<string, string>[]>(
      'compute service list --service nova-compute',
    );
    assert.equal(service?.State, 'up');
    const name = service?.Host ?? '';
    await admin.openstack(`compute service set --disable ${name} nova-compute`);
    const create = 'server create --image tiny --flavor m1.nano --network private refused';
    const refused = await demo.show<{ id: string }>(create);
    const status = await demo.openstack(`server show -f value -c status ${refused.id}`);
    assert.equal(status, 'ERROR');
    await admin.openstack(`compute service set --enable ${name} nova-compute`);
    await demo.openstack('server delete --wait refused');
  });

  test('nova lists usage, and diagnostics of a running server', async () => {
    const [usage] = rowsOf(await admin.nova('usage-list'));
    // The refused one never ran.
    assert.equal(usage?.Servers, '1');
    const { id } = await demo.show<{ id: string }>('server show member');
    const figures = rowsOf(await admin.nova(`--os-compute-api-version 2.48 diagnostics ${id}`));
    assert.ok(figures.some((row) => row.Property === 'state' && row.Value === 'running'));
  });
});
