import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { migrationStatuses, settleAction, shown } from '#test/resizes.ts';
import { makeServer, serverBody } from '#test/servers.ts';

const hosts = [{ name: 'one' }, { name: 'two' }];
const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const anywhere = { host: null, block_migration: 'auto' };

const hostOf = async (cloud: TestCloud, id: string): Promise<string> =>
  (await shown(cloud, id))['OS-EXT-SRV-ATTR:host'];

async function ask(cloud: TestCloud, id: string, wish: unknown, version = '2.34') {
  const body = { 'os-migrateLive': wish };
  const answer = await cloud.admin.post(`/v2.1/servers/${id}/action`, body, at(version));
  await cloud.cloud.services.operations.whenIdle();
  return answer;
}

async function actionsOf(cloud: TestCloud, id: string) {
  const path = `/v2.1/servers/${id}/os-instance-actions`;
  const { body } = await cloud.admin.get(path, at('2.62'));
  const [last] = body.instanceActions;
  return (await cloud.admin.get(`${path}/${last.request_id}`, at('2.84'))).body.instanceAction;
}

describe('live migration', () => {
  test('brings a running server to another host, and a paused one as it is', async () => {
    await using cloud = await startTestCloud({ hosts, areApart: true });
    const id = await makeServer(cloud);
    const source = await hostOf(cloud, id);
    const processId = cloud.hosts.machines.get(source)?.hypervisor.guests.get(id)?.processId;
    assert.equal((await ask(cloud, id, anywhere)).status, 202);
    const target = await hostOf(cloud, id);
    assert.notEqual(target, source);
    const server = await shown(cloud, id);
    assert.deepEqual([server.status, server['OS-EXT-STS:power_state']], ['ACTIVE', 1]);
    // It is the guest that ran before, and was not started again.
    assert.equal(cloud.hosts.machines.get(target)?.hypervisor.guests.get(id)?.processId, processId);
    await settleAction(cloud, id, { pause: null });
    assert.equal((await ask(cloud, id, { ...anywhere, host: source })).status, 202);
    assert.equal(await hostOf(cloud, id), source);
    assert.equal((await shown(cloud, id)).status, 'PAUSED');
    assert.deepEqual(await migrationStatuses(cloud, id), ['completed', 'completed']);
    const action = await actionsOf(cloud, id);
    assert.equal(action.action, 'live-migration');
    assert.deepEqual(
      action.events.map((event: { event: string; result: string }) => [event.event, event.result]),
      [['compute_live_migration', 'Success']],
    );
    await cloud.demo.delete(`/v2.1/servers/${id}`);
    await cloud.cloud.services.operations.whenIdle();
    assert.deepEqual(cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
  });

  test('takes the config drive along as it was made, with the password of then', async () => {
    await using cloud = await startTestCloud({ hosts, areApart: true });
    const id = await makeServer(cloud, { config_drive: true, adminPass: 'of-the-first-day' });
    const drive = (host: string) =>
      cloud.hosts.machines.get(host)?.storage.configDrives.get(id)?.[
        'openstack/latest/meta_data.json'
      ];
    const made = drive(await hostOf(cloud, id));
    assert.match(`${Buffer.from(made ?? [])}`, /of-the-first-day/);
    assert.equal((await ask(cloud, id, anywhere)).status, 202);
    assert.deepEqual(drive(await hostOf(cloud, id)), made);
  });

  test('is refused at once before 2.34, and by the action since', async () => {
    await using cloud = await startTestCloud({ hosts });
    const id = await makeServer(cloud);
    const source = await hostOf(cloud, id);
    const target = source === 'one' ? 'two' : 'one';
    const wishes: [unknown, RegExp][] = [
      [{ host: source, block_migration: 'auto' }, /to current host/],
      [{ host: target, block_migration: true }, /can not be used with shared storage/],
      [{ host: null, block_migration: 'True' }, /No valid host was found/],
    ];
    for (const [wish, reason] of wishes) {
      const refused = await ask(cloud, id, wish, '2.33');
      assert.equal(refused.status, 400);
      assert.match(refused.body.badRequest.message, reason);
      assert.equal((await ask(cloud, id, wish)).status, 202);
      const server = await shown(cloud, id);
      assert.equal(server.status, 'ACTIVE');
      assert.equal(server['OS-EXT-STS:task_state'], null);
      assert.equal(server['OS-EXT-SRV-ATTR:host'], source);
      const action = await actionsOf(cloud, id);
      assert.equal(action.message, 'Error');
      assert.match(action.events[0].details, reason);
    }
    assert.deepEqual(await migrationStatuses(cloud, id), ['error', 'error', 'error']);
  });

  test('takes what each version takes, and no host that is not there', async () => {
    await using cloud = await startTestCloud({ hosts });
    const id = await makeServer(cloud);
    const status = async (wish: unknown, version: string) =>
      (await ask(cloud, id, wish, version)).status;
    const old = { host: null, block_migration: false, disk_over_commit: 'False' };
    assert.equal(await status(old, '2.1'), 202);
    assert.equal(await status(anywhere, '2.24'), 400);
    assert.equal(await status(old, '2.25'), 400);
    assert.equal(await status({ ...anywhere, force: true }, '2.29'), 400);
    assert.equal(await status({ ...anywhere, force: true }, '2.30'), 400);
    const forced = { ...anywhere, host: await hostOf(cloud, id), force: true };
    assert.equal(await status(forced, '2.68'), 400);
    const other = forced.host === 'one' ? 'two' : 'one';
    assert.equal(await status({ ...forced, host: other }, '2.67'), 202);
    assert.equal(await hostOf(cloud, id), other);
    const nowhere = await ask(cloud, id, { ...anywhere, host: 'nowhere' }, '2.68');
    assert.equal(nowhere.status, 400);
    assert.match(nowhere.body.badRequest.message, /Compute host nowhere could not be found/);
  });

  test('by force passes by zone, hints and a disabled host, and not by a group', async () => {
    const zones = hosts.map((host) => ({ ...host, zone: host.name }));
    await using cloud = await startTestCloud({ hosts: zones });
    const made = await cloud.demo.post('/v2.1/os-server-groups', {
      server_group: { name: 'apart', policies: ['anti-affinity'] },
    });
    const first = await makeServer(cloud, { availability_zone: 'two' });
    const { body } = await cloud.demo.post('/v2.1/servers', {
      ...(await serverBody(cloud.demo, { availability_zone: 'one' })),
      'os:scheduler_hints': { different_host: [first], group: made.body.server_group.id },
    });
    await cloud.cloud.services.operations.whenIdle();
    const { id } = body.server;
    assert.equal(await hostOf(cloud, id), 'one');
    const services = await cloud.admin.get('/v2.1/os-services?host=two', at('2.53'));
    const path = `/v2.1/os-services/${services.body.services[0].id}`;
    await cloud.admin.put(path, { status: 'disabled' }, at('2.53'));
    const wish = { ...anywhere, host: 'two' };
    assert.equal((await ask(cloud, id, wish, '2.33')).status, 400);
    assert.equal((await ask(cloud, id, { ...wish, force: true }, '2.33')).status, 202);
    assert.equal(await hostOf(cloud, id), 'two');
    await cloud.admin.put(path, { status: 'enabled' }, at('2.53'));
    const back = { ...anywhere, host: 'one', force: true };
    const member = await cloud.demo.post('/v2.1/servers', {
      ...(await serverBody(cloud.demo, { availability_zone: 'one' })),
      'os:scheduler_hints': { group: made.body.server_group.id },
    });
    await cloud.cloud.services.operations.whenIdle();
    assert.equal(await hostOf(cloud, member.body.server.id), 'one');
    assert.equal((await ask(cloud, id, back, '2.33')).status, 400);
  });

  test('is for administrators, and not of servers that are off', async () => {
    await using cloud = await startTestCloud({ hosts });
    const id = await makeServer(cloud);
    const body = { 'os-migrateLive': anywhere };
    const path = `/v2.1/servers/${id}/action`;
    assert.equal((await cloud.demo.post(path, body, at('2.25'))).status, 403);
    await settleAction(cloud, id, { 'os-stop': null });
    assert.equal((await ask(cloud, id, anywhere)).status, 409);
  });

  test('leaves a server where it is when the way is barred, and says why', async () => {
    await using cloud = await startTestCloud({ hosts, areApart: true });
    const id = await makeServer(cloud);
    const source = await hostOf(cloud, id);
    cloud.hosts.machines.get(source)?.hypervisor.failNext('migrateTo', { when: 'after' });
    assert.equal((await ask(cloud, id, anywhere)).status, 202);
    const server = await shown(cloud, id);
    assert.deepEqual([server.status, server['OS-EXT-SRV-ATTR:host']], ['ACTIVE', source]);
    assert.equal(cloud.hosts.machines.get(source)?.hypervisor.guests.get(id)?.power, 'running');
    assert.deepEqual(await migrationStatuses(cloud, id), ['failed']);
    assert.match((await actionsOf(cloud, id)).events[0].details, /simulated failure of migrateTo/);
  });
});
