import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { migrationStatuses, shown } from '#test/resizes.ts';
import { makeServer } from '#test/servers.ts';

const hosts = [{ name: 'one' }, { name: 'two' }];
const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const force = { force_complete: null };

/** A server whose memory changes faster than it moves, on its way. */
async function startEndless(cloud: TestCloud) {
  const id = await makeServer(cloud);
  const source = (await shown(cloud, id))['OS-EXT-SRV-ATTR:host'];
  for (const { hypervisor } of cloud.hosts.machines.values()) {
    hypervisor.moves.neverConverges = true;
  }
  const body = { 'os-migrateLive': { host: null, block_migration: 'auto' } };
  const { status } = await cloud.admin.post(`/v2.1/servers/${id}/action`, body, at('2.34'));
  assert.equal(status, 202);
  const below = `/v2.1/servers/${id}/migrations`;
  const migration = await eventually('the migration tells how far it is', async () => {
    const answer = await cloud.admin.get(below, at('2.80'));
    const [found] = answer.body.migrations;
    return found?.memory_total_bytes ? found : undefined;
  });
  return { id, source, migration, path: `${below}/${migration.id}` };
}

const idle = (cloud: TestCloud) => cloud.cloud.services.operations.whenIdle();

async function actionNames(cloud: TestCloud, id: string): Promise<string[]> {
  const { body } = await cloud.admin.get(`/v2.1/servers/${id}/os-instance-actions`, at('2.62'));
  return body.instanceActions.map(({ action }: { action: string }) => action);
}

describe('a live migration that does not come to its end', () => {
  test('is shown with how far it is, and called off', async () => {
    await using cloud = await startTestCloud({ hosts, areApart: true });
    const { id, source, migration, path } = await startEndless(cloud);
    assert.equal((await shown(cloud, id)).status, 'MIGRATING');
    assert.equal(migration.status, 'running');
    const { memory_total_bytes: total, memory_remaining_bytes: remaining } = migration;
    assert.equal(total, 2 * remaining);
    assert.equal((await cloud.admin.get(path, at('2.23'))).body.migration.id, migration.id);
    assert.equal((await cloud.demo.delete(path, at('2.24'))).status, 403);
    assert.equal((await cloud.admin.delete(path, at('2.24'))).status, 202);
    await idle(cloud);
    const server = await shown(cloud, id);
    assert.deepEqual([server.status, server['OS-EXT-SRV-ATTR:host']], ['ACTIVE', source]);
    assert.deepEqual(await migrationStatuses(cloud, id), ['cancelled']);
    assert.deepEqual((await actionNames(cloud, id)).slice(0, 2), [
      'live_migration_cancel',
      'live-migration',
    ]);
    for (const [name, machine] of cloud.hosts.machines) {
      const { hypervisor, network, storage } = machine;
      const isThere = name === source;
      assert.equal(hypervisor.guests.get(id)?.power, isThere ? 'running' : undefined);
      const held = [network.ports.size === 1, storage.rootDisks.has(id)];
      assert.deepEqual(held, [isThere, isThere]);
    }
    assert.equal((await cloud.admin.delete(path, at('2.24'))).status, 409);
  });

  test('is forced to its end, and the guest goes on there', async () => {
    await using cloud = await startTestCloud({ hosts, areApart: true });
    const { id, source, path } = await startEndless(cloud);
    const nowhere = await cloud.admin.post(`/v2.1/servers/${id}/migrations/99/action`, force, {
      ...at('2.22'),
    });
    assert.equal(nowhere.status, 400);
    assert.equal((await cloud.admin.post(`${path}/action`, force, at('2.22'))).status, 202);
    await idle(cloud);
    const server = await shown(cloud, id);
    assert.equal(server.status, 'ACTIVE');
    assert.notEqual(server['OS-EXT-SRV-ATTR:host'], source);
    assert.deepEqual(await migrationStatuses(cloud, id), ['completed']);
    assert.equal((await actionNames(cloud, id))[0], 'live_migration_force_complete');
    assert.equal((await cloud.admin.post(`${path}/action`, force, at('2.22'))).status, 409);
    assert.equal((await cloud.admin.get(path, at('2.23'))).status, 404);
  });

  test('does not keep its server from being deleted, with all there is of it', async () => {
    await using cloud = await startTestCloud({ hosts, areApart: true });
    const { id } = await startEndless(cloud);
    assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
    await idle(cloud);
    assert.deepEqual(cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
    assert.deepEqual(await migrationStatuses(cloud, id), ['error']);
  });

  test('is begun again when the process dies, and can still be called off', async () => {
    await using cloud = await startTestCloud({ hosts, areApart: true });
    const { id, source, path } = await startEndless(cloud);
    await cloud.restartAfterCrash();
    await eventually('it moves again', async () => {
      const machine = cloud.hosts.machines.get(source);
      return machine?.hypervisor.moves.progress(id) !== undefined;
    });
    assert.equal((await cloud.admin.delete(path, at('2.65'))).status, 202);
    await idle(cloud);
    const server = await shown(cloud, id);
    assert.deepEqual([server.status, server['OS-EXT-SRV-ATTR:host']], ['ACTIVE', source]);
    assert.deepEqual(await migrationStatuses(cloud, id), ['cancelled']);
  });
});
