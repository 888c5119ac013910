import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from '#test/eventually.ts';
import { type Clients, rowsOf, StoryCloud } from './clients.ts';

const tiny = 'server create --image tiny --flavor m1.nano --network private --wait';

describe('servers that leave their hosts, with the unmodified clients', () => {
  let story: StoryCloud;
  let admin: Clients;
  let id = '';

  const idle = () => story.cloud.cloud.services.operations.whenIdle();
  const shown = async () => {
    await idle();
    return admin.show<Record<string, string>>(`server show ${id}`);
  };
  const host = async () => (await shown())['OS-EXT-SRV-ATTR:host'] ?? '';
  const converges = (does: boolean) => {
    for (const { hypervisor } of story.cloud.hosts.machines.values()) {
      hypervisor.moves.neverConverges = !does;
    }
  };
  /** Begins to move it while its memory changes faster than it moves. @returns the migration */
  const begin = async (): Promise<string> => {
    converges(false);
    const live = `server migrate --live-migration --block-migration ${id}`;
    await admin.openstack(`--os-compute-api-version 2.30 ${live}`);
    const list = `--os-compute-api-version 2.23 server-migration-list ${id}`;
    const isRunning = async () => {
      const [row] = rowsOf(await admin.nova(list));
      return row?.Status === 'running' && row.Id;
    };
    // Each look is a whole process of the client.
    return eventually('it is on its way', isRunning, 120_000);
  };

  before(async () => {
    const hosts = [{ name: 'left' }, { name: 'right' }];
    story = await StoryCloud.open({ hosts, areApart: true });
    admin = story.as('cumulet-admin');
    const made = await story.as('cumulet').show<{ id: string }>(`${tiny} one`);
    id = made.id;
  });
  after(() => story?.close());

  test('a live migration is shown, called off, and leaves the server where it was', async () => {
    const source = await host();
    const migration = await begin();
    const show = `--os-compute-api-version 2.23 server-migration-show ${id} ${migration}`;
    const rows = rowsOf(await admin.nova(show)).map((row) => [row.Property, row.Value]);
    assert.equal(Object.fromEntries(rows).source_compute, source);
    const abort = `server migration abort ${id} ${migration}`;
    await admin.openstack(`--os-compute-api-version 2.24 ${abort}`);
    assert.equal(await host(), source);
    assert.equal((await shown()).status, 'ACTIVE');
  });

  test('a live migration is forced to its end', async () => {
    const source = await host();
    const migration = await begin();
    const force = `live-migration-force-complete ${id} ${migration}`;
    await admin.nova(`--os-compute-api-version 2.22 ${force}`);
    assert.notEqual(await host(), source);
    assert.equal((await shown()).status, 'ACTIVE');
    converges(true);
  });

  test('a server whose host is said to be down runs elsewhere', async () => {
    const source = await host();
    const set = `compute service set ${source} nova-compute`;
    await admin.openstack(`--os-compute-api-version 2.11 ${set} --down`);
    // Debian's client asks, and then trips over what its own library makes of the answer.
    const evacuate = admin.openstack(`--os-compute-api-version 2.29 server evacuate ${id}`);
    await assert.rejects(evacuate, /TupleWithMeta/);
    assert.notEqual(await host(), source);
    assert.equal((await shown()).status, 'ACTIVE');
    await admin.openstack(`--os-compute-api-version 2.11 ${set} --up`);
    const rows = rowsOf(await admin.nova('--os-compute-api-version 2.59 migration-list'));
    assert.equal(rows.filter((row) => row.Type === 'evacuation').length, 1);
  });

  test('nova evacuates to a host that is named, when the new one is down too', async () => {
    const [source, target] = (await host()) === 'left' ? ['left', 'right'] : ['right', 'left'];
    const set = `service-force-down ${source}`;
    await admin.nova(`--os-compute-api-version 2.11 ${set}`);
    await admin.nova(`--os-compute-api-version 2.29 evacuate ${id} ${target}`);
    assert.equal(await host(), target);
    await admin.nova(`--os-compute-api-version 2.11 ${set} --unset`);
  });

  test('an administrator sets a state that nobody reached, and takes that back', async () => {
    await admin.nova(`reset-state ${id}`);
    assert.equal((await shown()).status, 'ERROR');
    await admin.openstack(`server set --state active ${id}`);
    assert.equal((await shown()).status, 'ACTIVE');
  });
});
