import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { upsertHost } from '#compute/hosts/store.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { migrationStatuses, settleAction, shown } from '#test/resizes.ts';
import { makeServer, serverBody } from '#test/servers.ts';

const hosts = [{ name: 'one' }, { name: 'two' }, { name: 'three' }];
const confirm = { confirmResize: null };
const revert = { revertResize: null };

const hostOf = async (cloud: TestCloud, id: string): Promise<string> =>
  (await shown(cloud, id))['OS-EXT-SRV-ATTR:host'];

/** Servers, processors and memory in use, by host. */
async function used(cloud: TestCloud): Promise<Record<string, number[]>> {
  const { body } = await cloud.admin.get('/v2.1/os-hypervisors/detail');
  const rows = body.hypervisors.map((row: Record<string, unknown>) => [
    row.hypervisor_hostname,
    [row.running_vms, row.vcpus_used, row.memory_mb_used],
  ]);
  return Object.fromEntries(rows);
}

async function ask(cloud: TestCloud, id: string, migrate: unknown, version = '2.56') {
  const headers = { 'openstack-api-version': `compute ${version}` };
  const answer = await cloud.admin.post(`/v2.1/servers/${id}/action`, { migrate }, headers);
  await cloud.cloud.services.operations.whenIdle();
  return answer;
}

describe('cold migration', () => {
  test('brings a server to another host, where it stays once that is confirmed', async () => {
    await using cloud = await startTestCloud({ hosts });
    const id = await makeServer(cloud);
    const source = await hostOf(cloud, id);
    assert.equal((await ask(cloud, id, null, '2.1')).status, 202);
    const server = await shown(cloud, id);
    const target = server['OS-EXT-SRV-ATTR:host'];
    assert.equal(server.status, 'VERIFY_RESIZE');
    assert.notEqual(target, source);
    const taken = await used(cloud);
    assert.deepEqual(
      [taken[source], taken[target]],
      [
        [0, 1, 192],
        [1, 1, 192],
      ],
    );
    assert.equal(await settleAction(cloud, id, confirm), 204);
    assert.equal(await hostOf(cloud, id), target);
    const left = await used(cloud);
    assert.deepEqual(
      [left[source], left[target]],
      [
        [0, 0, 0],
        [1, 1, 192],
      ],
    );
    assert.equal((await shown(cloud, id)).status, 'ACTIVE');
  });

  test('is taken back to the host that the server came from', async () => {
    await using cloud = await startTestCloud({ hosts });
    const id = await makeServer(cloud);
    const source = await hostOf(cloud, id);
    const before = await used(cloud);
    await ask(cloud, id, null);
    assert.equal(await settleAction(cloud, id, revert), 202);
    assert.equal(await hostOf(cloud, id), source);
    assert.deepEqual(await used(cloud), before);
    assert.deepEqual(await migrationStatuses(cloud, id), ['reverted']);
  });

  test('goes to the host that is named, since 2.56', async () => {
    await using cloud = await startTestCloud({ hosts });
    const id = await makeServer(cloud);
    const source = await hostOf(cloud, id);
    const [target = ''] = ['one', 'two', 'three'].filter((name) => name !== source);
    const refused = async (host: string) => {
      const { status, body } = await ask(cloud, id, { host });
      assert.equal(status, 400);
      return body.badRequest.message;
    };
    assert.match(await refused('nowhere'), /Compute host nowhere could not be found/);
    assert.match(await refused(source), /Cannot migrate to the host where the server exists/);
    assert.equal((await ask(cloud, id, { host: target, more: 1 })).status, 400);
    // Before, what came with it was not looked at.
    assert.equal((await ask(cloud, id, { host: 7 }, '2.56')).status, 400);
    assert.equal((await ask(cloud, id, { host: target })).status, 202);
    assert.equal(await hostOf(cloud, id), target);
    await settleAction(cloud, id, confirm);
    assert.equal((await ask(cloud, id, { host: null })).status, 202);
    await settleAction(cloud, id, confirm);
    assert.equal((await ask(cloud, id, { host: 7 }, '2.55')).status, 202);
  });

  test('finds no host that is away, out of use, or too small', async () => {
    const small = [{ name: 'one' }, { name: 'two', memoryMib: 64 }];
    await using cloud = await startTestCloud({ hosts: small });
    const id = await makeServer(cloud);
    const noHost = async (migrate: unknown) => {
      const { status, body } = await ask(cloud, id, migrate);
      assert.equal(status, 400);
      assert.match(body.badRequest.message, /No valid host was found/);
    };
    await noHost(null);
    await noHost({ host: 'two' });
    assert.deepEqual(await migrationStatuses(cloud, id), []);
    assert.equal((await shown(cloud, id)).status, 'ACTIVE');
  });

  test('takes all disks along to a machine that does not see them, and back', async () => {
    await using cloud = await startTestCloud({ hosts: hosts.slice(0, 2), areApart: true });
    const id = await makeServer(cloud);
    const source = await hostOf(cloud, id);
    const disksOf = (name: string) => {
      const storage = cloud.hosts.machines.get(name)?.storage;
      return { root: storage?.rootDisks.get(id), drive: storage?.configDrives.get(id) };
    };
    const had = disksOf(source);
    for (const end of [revert, confirm]) {
      assert.equal((await ask(cloud, id, null)).status, 202);
      const target = await hostOf(cloud, id);
      assert.notEqual(target, source);
      assert.deepEqual([disksOf(source), disksOf(target)], [had, had]);
      await settleAction(cloud, id, end);
      const [left, kept] = end === revert ? [target, source] : [source, target];
      assert.equal(await hostOf(cloud, id), kept);
      assert.deepEqual(disksOf(left), { root: undefined, drive: undefined });
      assert.deepEqual(disksOf(kept), had);
      assert.equal((await shown(cloud, id)).status, 'ACTIVE');
    }
  });

  test('leaves a server where it was when nobody speaks for the other machine', async () => {
    await using cloud = await startTestCloud({ hosts: hosts.slice(0, 1) });
    const id = await makeServer(cloud);
    const { clock, database } = cloud.cloud.services.compute;
    await upsertHost(database.queries, {
      name: 'elsewhere',
      availability_zone: 'nova',
      hypervisor: 'simulated',
      vcpus: 64,
      memory_mib: 65_536,
      disk_gib: 1000,
      enabled: 1,
      seen_ms: clock.nowMs(),
    });
    assert.equal((await ask(cloud, id, { host: 'elsewhere' })).status, 202);
    const { status, ...server } = await shown(cloud, id);
    assert.deepEqual([status, server['OS-EXT-SRV-ATTR:host']], ['ACTIVE', 'one']);
    assert.deepEqual(await migrationStatuses(cloud, id), ['error']);
  });

  test('leaves a server on its host where the group forbids the others', async () => {
    await using cloud = await startTestCloud({ hosts: hosts.slice(0, 2) });
    const server_group = { name: 'apart', policies: ['anti-affinity'] };
    const { body } = await cloud.demo.post('/v2.1/os-server-groups', { server_group });
    const hints = { 'os:scheduler_hints': { group: body.server_group.id } };
    const made: string[] = [];
    for (let count = 0; count < 2; count += 1) {
      const wanted = { ...(await serverBody(cloud.demo)), ...hints };
      made.push((await cloud.demo.post('/v2.1/servers', wanted)).body.server.id);
      await cloud.cloud.services.operations.whenIdle();
    }
    assert.equal((await ask(cloud, made[0] ?? '', null)).status, 400);
  });

  test('is listed for administrators with its hosts, type and status', async () => {
    await using cloud = await startTestCloud({ hosts });
    const id = await makeServer(cloud);
    const source = await hostOf(cloud, id);
    await ask(cloud, id, null);
    const headers = { 'openstack-api-version': 'compute 2.80' };
    const listed = await cloud.admin.get(`/v2.1/os-migrations?instance_uuid=${id}`, headers);
    const [migration] = listed.body.migrations;
    assert.equal(migration.migration_type, 'migration');
    assert.equal(migration.status, 'finished');
    assert.equal(migration.source_compute, source);
    assert.equal(migration.dest_compute, await hostOf(cloud, id));
    assert.equal(migration.user_id, cloud.admin.userId);
    // Only live migrations are shown below their server.
    const below = await cloud.admin.get(`/v2.1/servers/${id}/migrations`, headers);
    assert.deepEqual(below.body.migrations, []);
    const path = `/v2.1/servers/${id}/os-instance-actions`;
    const { instanceActions } = (await cloud.admin.get(path)).body;
    assert.equal(instanceActions[0].action, 'migrate');
  });

  test('is the administrators’ alone', async () => {
    await using cloud = await startTestCloud({ hosts });
    const path = `/v2.1/servers/${await makeServer(cloud)}/action`;
    assert.equal((await cloud.demo.post(path, { migrate: null })).status, 403);
    assert.equal((await cloud.nobody.post(path, { migrate: null })).status, 401);
  });
});
