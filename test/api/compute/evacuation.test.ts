import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { shown } from '#test/resizes.ts';
import { createSeparateHosts } from '#test/separate-hosts.ts';
import { makeServer } from '#test/servers.ts';

const names = ['one', 'two', 'three'];
const all = names.map((name) => ({ name }));
const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

/** Beats come fast, so that a host that is back is heard of within the test. */
const clock = {
  ...systemClock,
  sleep: (ms: number, signal?: AbortSignal) =>
    systemClock.sleep(ms === limits.heartbeatMs ? 20 : ms, signal),
};

async function startCloud() {
  const machines = createSeparateHosts(names);
  const cloud = await startTestCloud({ hosts: all, clock, openDrivers: machines.openDrivers });
  return { cloud, machines };
}

const hostOf = async (cloud: TestCloud, id: string): Promise<string> =>
  (await shown(cloud, id))['OS-EXT-SRV-ATTR:host'];

async function evacuate(cloud: TestCloud, id: string, asked: object = {}, version = '2.94') {
  const path = `/v2.1/servers/${id}/action`;
  const answer = await cloud.admin.post(path, { evacuate: asked }, at(version));
  await cloud.cloud.services.operations.whenIdle();
  return answer;
}

async function forceDown(cloud: TestCloud, host: string, forced_down = true): Promise<void> {
  const body = { host, binary: 'nova-compute', forced_down };
  const { status } = await cloud.admin.put('/v2.1/os-services/force-down', body, at('2.11'));
  assert.equal(status, 200);
}

/** Servers and processors in use, by host. */
async function used(cloud: TestCloud): Promise<Record<string, number[]>> {
  const { body } = await cloud.admin.get('/v2.1/os-hypervisors/detail');
  const rows = body.hypervisors.map((row: Record<string, unknown>) => [
    row.hypervisor_hostname,
    [row.running_vms, row.vcpus_used],
  ]);
  return Object.fromEntries(rows);
}

async function migrationOf(cloud: TestCloud, id: string) {
  const { body } = await cloud.admin.get(`/v2.1/os-migrations?instance_uuid=${id}`, at('2.59'));
  return body.migrations[0];
}

const isCompleted = async (cloud: TestCloud, id: string) =>
  (await migrationOf(cloud, id)).status === 'completed';

describe('a server whose host falls silent', () => {
  test('runs elsewhere and never twice; a host that comes back gives it up first', async () => {
    const { cloud: started, machines } = await startCloud();
    await using cloud = started;
    const id = await makeServer(cloud);
    const source = await hostOf(cloud, id);
    const old = machines.of(source);
    // Its agent is gone; nobody ended what runs there.
    await cloud.restart({ hosts: all.filter(({ name }) => name !== source) });
    assert.equal(old.hypervisor.guests.get(id)?.power, 'running');
    assert.equal((await evacuate(cloud, id)).status, 200);
    const target = await hostOf(cloud, id);
    assert.notEqual(target, source);
    assert.equal((await shown(cloud, id)).status, 'ACTIVE');
    assert.equal(machines.of(target).hypervisor.guests.get(id)?.power, 'running');
    assert.equal(old.hypervisor.guests.get(id), undefined);
    assert.deepEqual([...old.storage.rootDisks.keys()], [id], 'its disks are out of reach');
    const held = await used(cloud);
    assert.deepEqual(
      [held[source], held[target]],
      [
        [0, 1],
        [1, 1],
      ],
    );
    assert.equal((await migrationOf(cloud, id)).status, 'done');
    await cloud.restart({ hosts: all });
    await eventually('the old host is cleared', () => isCompleted(cloud, id));
    assert.deepEqual([...old.storage.rootDisks.keys()], []);
    assert.deepEqual([...old.network.ports.keys()], []);
    assert.equal(machines.of(target).hypervisor.guests.get(id)?.power, 'running');
    assert.deepEqual((await used(cloud))[source], [0, 0]);
    assert.deepEqual(machines.doubled, []);
  });

  test('is what it was after an action that nobody is there to do', async () => {
    const { cloud: started } = await startCloud();
    await using cloud = started;
    const id = await makeServer(cloud);
    const source = await hostOf(cloud, id);
    await cloud.restart({ hosts: all.filter(({ name }) => name !== source) });
    const path = `/v2.1/servers/${id}`;
    const asked = await cloud.demo.post(`${path}/action`, { reboot: { type: 'HARD' } });
    assert.equal(asked.status, 202);
    await cloud.cloud.services.operations.whenIdle();
    assert.equal((await shown(cloud, id)).status, 'ACTIVE');
    const { body } = await cloud.demo.get(`${path}/os-instance-actions`);
    assert.deepEqual(
      [body.instanceActions[0].action, body.instanceActions[0].message],
      ['reboot', 'Error'],
    );
  });

  test('is ended on a host that comes back with it running', async () => {
    const { cloud: started, machines } = await startCloud();
    await using cloud = started;
    const id = await makeServer(cloud);
    const source = await hostOf(cloud, id);
    const old = machines.of(source).hypervisor;
    await cloud.restart({ hosts: all.filter(({ name }) => name !== source) });
    const spec = old.guests.get(id)?.spec;
    assert.ok(spec);
    await evacuate(cloud, id);
    // As on a host that was fenced and boots its guests again by itself.
    old.startGuest(spec);
    machines.of(source).storage.rootDisks.clear();
    await cloud.restart({ hosts: all });
    assert.equal(old.guests.get(id), undefined);
    const target = await hostOf(cloud, id);
    assert.equal(machines.of(target).hypervisor.guests.get(id)?.power, 'running');
    assert.equal((await shown(cloud, id)).status, 'ACTIVE');
  });

  test('is cleared from a host that was forced down when that beats, and fits again', async () => {
    const { cloud: started, machines } = await startCloud();
    await using cloud = started;
    const id = await makeServer(cloud, { metadata: { one: '1' } });
    const source = await hostOf(cloud, id);
    await forceDown(cloud, source);
    await evacuate(cloud, id);
    await eventually('the old host is cleared', () => isCompleted(cloud, id));
    assert.deepEqual([...machines.of(source).storage.rootDisks.keys()], []);
    await forceDown(cloud, source, false);
    await forceDown(cloud, await hostOf(cloud, id));
    assert.equal((await evacuate(cloud, id, { host: source })).status, 200);
    assert.equal(await hostOf(cloud, id), source);
    assert.equal((await shown(cloud, id)).status, 'ACTIVE');
    assert.deepEqual(machines.doubled, []);
  });

  test('is gone for good when it was deleted before its host came back', async () => {
    const { cloud: started, machines } = await startCloud();
    await using cloud = started;
    const id = await makeServer(cloud);
    const source = await hostOf(cloud, id);
    await cloud.restart({ hosts: all.filter(({ name }) => name !== source) });
    await evacuate(cloud, id);
    assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
    await cloud.cloud.services.operations.whenIdle();
    assert.deepEqual((await used(cloud))[source], [0, 1]);
    await cloud.restart({ hosts: all });
    assert.deepEqual((await used(cloud))[source], [0, 0]);
    for (const name of names) {
      const { hypervisor, storage, network } = machines.of(name);
      assert.equal(hypervisor.guests.size + storage.rootDisks.size + network.ports.size, 0, name);
    }
  });
});

test('a server is deleted while its host is away, which gives it up when it is back', async () => {
  const { cloud: started, machines } = await startCloud();
  await using cloud = started;
  const id = await makeServer(cloud);
  const source = await hostOf(cloud, id);
  const { hypervisor, storage, network } = machines.of(source);
  await cloud.restart({ hosts: all.filter(({ name }) => name !== source) });
  assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal((await cloud.demo.get(`/v2.1/servers/${id}`)).status, 404);
  assert.deepEqual([...hypervisor.guests.keys()], [], 'its guest is ended at once');
  assert.deepEqual((await used(cloud))[source], [0, 1]);
  await cloud.restart({ hosts: all });
  assert.deepEqual((await used(cloud))[source], [0, 0]);
  assert.equal(storage.rootDisks.size + network.ports.size, 0);
});

test('a server is deleted while the host that it was migrated from is away', async () => {
  const { cloud: started, machines } = await startCloud();
  await using cloud = started;
  const id = await makeServer(cloud);
  const source = await hostOf(cloud, id);
  await cloud.admin.post(`/v2.1/servers/${id}/action`, { migrate: null });
  await cloud.cloud.services.operations.whenIdle();
  assert.notEqual(await hostOf(cloud, id), source);
  const { storage } = machines.of(source);
  assert.equal(storage.rootDisks.size, 1, 'its former disk waits to be taken back');
  await cloud.restart({ hosts: all.filter(({ name }) => name !== source) });
  assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal((await cloud.demo.get(`/v2.1/servers/${id}`)).status, 404);
  await cloud.restart({ hosts: all });
  for (const name of names) {
    const { hypervisor, storage, network } = machines.of(name);
    assert.equal(hypervisor.guests.size + storage.rootDisks.size + network.ports.size, 0, name);
  }
  assert.deepEqual((await used(cloud))[source], [0, 0]);
});

describe('an evacuation', () => {
  test('is refused while the host is there, to itself, and to nowhere', async () => {
    const { cloud: started } = await startCloud();
    await using cloud = started;
    const id = await makeServer(cloud);
    const source = await hostOf(cloud, id);
    const refused = async (asked: object, version?: string) => {
      const { status, body } = await evacuate(cloud, id, asked, version);
      return [status, (Object.values(body ?? {})[0] as { message: string })?.message];
    };
    assert.deepEqual(await refused({}), [400, `Compute service of ${source} is still in use.`]);
    await forceDown(cloud, source);
    assert.deepEqual(await refused({ host: 'nowhere' }), [404, 'Compute host nowhere not found.']);
    const same = "The target host can't be the same one.";
    assert.deepEqual(await refused({ host: source }), [400, same]);
    assert.equal((await refused({ force: true }, '2.29'))[0], 400);
    assert.equal((await refused({ force: false }, '2.68'))[0], 400);
    assert.equal((await refused({}, '2.13'))[0], 400);
    const withPassword = { onSharedStorage: true, adminPass: 'x' };
    assert.match(String((await refused(withPassword, '2.13'))[1]), /existing disk/);
    assert.equal(
      (
        await cloud.demo.post(`/v2.1/servers/${id}/action`, {
          evacuate: { onSharedStorage: false },
        })
      ).status,
      403,
    );
    assert.equal((await shown(cloud, id)).status, 'ACTIVE');
  });

  test('that no host takes leaves the server as it was, and running', async () => {
    const { cloud: started, machines } = await startCloud();
    await using cloud = started;
    const id = await makeServer(cloud);
    const source = await hostOf(cloud, id);
    for (const name of names) await forceDown(cloud, name);
    assert.equal((await evacuate(cloud, id)).status, 200);
    const server = await shown(cloud, id);
    assert.deepEqual([server.status, server['OS-EXT-SRV-ATTR:host']], ['ACTIVE', source]);
    assert.equal(machines.of(source).hypervisor.guests.get(id)?.power, 'running');
    assert.equal((await migrationOf(cloud, id)).status, 'error');
    const path = `/v2.1/servers/${id}/os-instance-actions`;
    const { instanceActions } = (await cloud.admin.get(path)).body;
    assert.deepEqual(
      [instanceActions[0].action, instanceActions[0].message],
      ['evacuate', 'Error'],
    );
  });

  test('leaves the server stopped since 2.95, or where it was stopped', async () => {
    const { cloud: started, machines } = await startCloud();
    await using cloud = started;
    const running = await makeServer(cloud);
    await forceDown(cloud, await hostOf(cloud, running));
    await evacuate(cloud, running, {}, '2.95');
    assert.equal((await shown(cloud, running)).status, 'SHUTOFF');
    const target = await hostOf(cloud, running);
    assert.deepEqual([...machines.of(target).storage.rootDisks.keys()], [running]);
    await cloud.demo.post(`/v2.1/servers/${running}/action`, { 'os-start': null });
    await cloud.cloud.services.operations.whenIdle();
    assert.equal((await shown(cloud, running)).status, 'ACTIVE');
  });

  test('tells the new password until 2.13, and fails where disks are not as was said', async () => {
    const { cloud: started } = await startCloud();
    await using cloud = started;
    const id = await makeServer(cloud);
    await forceDown(cloud, await hostOf(cloud, id));
    const wrong = await evacuate(cloud, id, { onSharedStorage: true }, '2.1');
    assert.deepEqual([wrong.status, wrong.body], [200, { adminPass: null }]);
    assert.equal((await migrationOf(cloud, id)).status, 'error');
    const asked = { onSharedStorage: 'False', adminPass: 'mine' };
    const told = await evacuate(cloud, id, asked, '2.1');
    assert.deepEqual([told.status, told.body], [200, { adminPass: 'mine' }]);
    assert.equal((await shown(cloud, id)).status, 'ACTIVE');
    assert.equal((await migrationOf(cloud, id)).migration_type, 'evacuation');
  });
});
