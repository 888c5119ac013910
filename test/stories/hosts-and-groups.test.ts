import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Clients, StoryCloud } from './clients.ts';

describe('chapters 8 and 18 with the unmodified clients: groups and zones', () => {
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
});
