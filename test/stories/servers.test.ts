import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Clients, rowsOf, StoryCloud } from './clients.ts';

const nano = 'server create --image tiny --flavor m1.nano --network private --wait';

describe('chapter 4 with the unmodified clients: the life of servers', () => {
  let story: StoryCloud;
  let demo: Clients;

  before(async () => {
    story = await StoryCloud.open();
    demo = story.as('cumulet');
  });
  after(() => story?.close());

  test('openstack creates a server with everything it can say about it', async () => {
    const words = ['--property', 'purpose=story', '--description', 'told by a client'];
    const server = await demo.show(
      `--os-compute-api-version 2.90 ${nano} --tag first --hostname told one`,
      words,
    );
    assert.equal(server.status, 'ACTIVE');
    assert.equal(server.description, 'told by a client');
    assert.deepEqual(server.properties, { purpose: 'story' });
    assert.equal(server['OS-EXT-SRV-ATTR:hostname'], 'told');
  });

  test('nova boots two at once and lists them by name', async () => {
    const { id } = await demo.show<{ id: string }>('network show private');
    const boot = `boot --image tiny --flavor m1.nano --nic net-id=${id} --min-count 2 --poll pair`;
    await demo.nova(boot);
    const rows = rowsOf(await demo.nova('list --name pair --sort display_name:asc'));
    assert.deepEqual(
      rows.map((row) => [row.Name, row.Status]),
      [
        ['pair-1', 'ACTIVE'],
        ['pair-2', 'ACTIVE'],
      ],
    );
  });

  test('lists are filtered and paged', async () => {
    const tagged = await demo.show<{ Name: string }[]>(
      '--os-compute-api-version 2.26 server list --tags first',
    );
    assert.deepEqual(
      tagged.map((server) => server.Name),
      ['one'],
    );
    const names = (await demo.openstack('server list --limit -1 -f value -c Name')).split('\n');
    assert.deepEqual(names.sort(), ['one', 'pair-1', 'pair-2']);
    const page = rowsOf(await demo.nova('list --sort display_name:desc --limit 1'));
    assert.deepEqual(
      page.map((row) => row.Name),
      ['pair-2'],
    );
  });

  test('a server is renamed, described and given properties', async () => {
    await demo.openstack('server set --name renamed --property owner=story one');
    const server = await demo.show<{ properties: object }>('server show renamed');
    assert.deepEqual(server.properties, { purpose: 'story', owner: 'story' });
    await demo.openstack('server unset --property owner renamed');
    const { properties } = await demo.show<{ properties: object }>('server show renamed');
    assert.deepEqual(properties, { purpose: 'story' });
  });

  test('an administrator sees the servers of every project and where they are', async () => {
    const admin = story.as('cumulet-admin');
    const rows = await admin.show<{ Name: string; Host: string }[]>(
      'server list --all-projects --long',
    );
    assert.equal(rows.length, 3);
    assert.ok(rows.every((row) => row.Host));
  });

  test('servers are deleted, and gone', async () => {
    await demo.openstack('server delete --wait renamed pair-1 pair-2');
    assert.equal(await demo.openstack('server list -f value'), '');
  });
});
