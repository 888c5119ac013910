import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Clients, rowsOf, StoryCloud } from './clients.ts';

describe('chapters 14 to 16 with the unmodified clients: keys, limits, quotas', () => {
  let story: StoryCloud;
  let demo: Clients;
  let admin: Clients;

  before(async () => {
    story = await StoryCloud.open();
    [demo, admin] = [story.as('cumulet'), story.as('cumulet-admin')];
  });
  after(() => story?.close());

  test('a key pair is made, shown and deleted', async () => {
    const pem = await demo.openstack('keypair create mine');
    assert.match(pem, /PRIVATE KEY/);
    const shown = await demo.show('keypair show mine');
    assert.match(String(shown.fingerprint), /^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
    const [row] = rowsOf(await demo.nova('keypair-list'));
    assert.equal(row?.Name, 'mine');
    await demo.openstack('keypair delete mine');
    assert.equal(await demo.openstack('keypair list -f value'), '');
  });

  test('limits count what is there', async () => {
    await demo.openstack('server create --image tiny --flavor m1.nano --network private --wait s');
    const limits = await demo.show<{ Name: string; Value: number }[]>('limits show --absolute');
    const used = limits.find((limit) => limit.Name === 'totalInstancesUsed');
    assert.equal(used?.Value, 1);
  });

  test('one command sets quotas of compute and of networks, and shows them', async () => {
    await admin.openstack('quota set --cores 30 --floating-ips 7 --secgroups 8 demo');
    const shown = JSON.stringify(await admin.show('quota show demo'));
    for (const value of ['cores', 'floating[-_]?ips', 'sec(urity[-_])?groups']) {
      assert.match(shown, new RegExp(value));
    }
    assert.match(shown, /\b30\b/);
    assert.match(shown, /\b7\b/);
  });

  test('a quota that an administrator sets is held', async () => {
    await admin.openstack('quota set --instances 1 demo');
    await assert.rejects(
      demo.openstack('server create --image tiny --flavor m1.nano --network private two'),
      /Quota exceeded for instances: Requested 1, but already used 1 of 1 instances/,
    );
    const project = await admin.show<{ id: string }>('project show demo');
    await admin.nova(`quota-delete --tenant ${project.id}`);
    const rows = rowsOf(await admin.nova(`quota-show --tenant ${project.id}`));
    assert.equal(rows.find((row) => row.Quota === 'instances')?.Limit, '-1');
  });
});
