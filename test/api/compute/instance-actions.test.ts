import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

interface Action {
  action: string;
  request_id: string;
  message: string | null;
  updated_at?: string;
  events?: Record<string, unknown>[];
}

/** A server that was stopped. */
async function stoppedServer(cloud: TestCloud) {
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}`;
  const asked = await cloud.demo.post(`${path}/action`, { 'os-stop': null });
  await cloud.cloud.services.operations.whenIdle();
  const stopRequest = asked.headers.get('x-openstack-request-id') ?? '';
  return { id, path, actions: `${path}/os-instance-actions`, stopRequest };
}

async function list(client: Client, path: string, version = '2.1'): Promise<Action[]> {
  const { status, body } = await client.get(path, at(version));
  assert.equal(status, 200, JSON.stringify(body));
  return body.instanceActions;
}

async function show(client: Client, path: string, version = '2.1'): Promise<Action> {
  const { status, body } = await client.get(path, at(version));
  assert.equal(status, 200, JSON.stringify(body));
  return body.instanceAction;
}

test('actions are listed newest first, under the requests that asked for them', async () => {
  await using cloud = await startTestCloud();
  const { id, actions, stopRequest } = await stoppedServer(cloud);
  const [stop, create, ...more] = await list(cloud.demo, actions);
  assert.deepEqual(more, []);
  assert.equal(create?.action, 'create');
  assert.equal(stop?.request_id, stopRequest);
  const { start_time: startTime, ...rest } = stop as unknown as Record<string, string>;
  assert.match(startTime ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
  assert.deepEqual(rest, {
    action: 'stop',
    instance_uuid: id,
    message: null,
    project_id: cloud.demo.projectId,
    request_id: stopRequest,
    user_id: cloud.demo.userId,
  });
  assert.ok((await list(cloud.demo, actions, '2.58')).every((action) => action.updated_at));
  const old = await cloud.demo.get(actions.replace('/v2.1', '/v2'));
  assert.equal(old.body.instanceActions.length, 2);
});

test('events are real: begun and ended with the work, host and result told', async () => {
  await using cloud = await startTestCloud();
  const { actions, stopRequest } = await stoppedServer(cloud);
  const path = `${actions}/${stopRequest}`;
  const { events = [] } = await show(cloud.admin, path, '2.84');
  const [event, ...more] = events;
  assert.deepEqual(more, []);
  const { start_time: started, finish_time: finished, hostId, host, ...rest } = event ?? {};
  assert.deepEqual(rest, {
    event: 'compute_stop_instance',
    result: 'Success',
    traceback: null,
    details: null,
  });
  assert.ok(String(started) <= String(finished));
  assert.match(String(hostId), /^[0-9a-f]{56}$/);
  const { body } = await cloud.admin.get(actions.replace('/os-instance-actions', ''));
  assert.equal(host, body.server['OS-EXT-SRV-ATTR:host']);
  assert.equal(hostId, body.server.hostId);
  const [, create] = await list(cloud.admin, actions);
  const made = await show(cloud.admin, `${actions}/${create?.request_id}`);
  assert.equal(made.events?.[0]?.event, 'compute__do_build_and_run_instance');
});

test('who sees which part of the events depends on the version and on who asks', async () => {
  await using cloud = await startTestCloud();
  const { actions, stopRequest } = await stoppedServer(cloud);
  const path = `${actions}/${stopRequest}`;
  const names = async (client: Client, version: string) => {
    const { events } = await show(client, path, version);
    return events?.map((event) => Object.keys(event).sort().join(' '));
  };
  const plain = 'event finish_time result start_time';
  assert.equal(await names(cloud.demo, '2.50'), undefined);
  assert.deepEqual(await names(cloud.demo, '2.51'), [plain]);
  const hashed = 'event finish_time hostId result start_time';
  assert.deepEqual(await names(cloud.demo, '2.62'), [hashed]);
  assert.deepEqual(await names(cloud.demo, '2.84'), [hashed]);
  assert.deepEqual(await names(cloud.admin, '2.1'), [`${plain} traceback`]);
  const all = 'event finish_time host hostId result start_time traceback';
  assert.deepEqual(await names(cloud.admin, '2.62'), [all]);
  assert.deepEqual(await names(cloud.admin, '2.84'), [`details ${all}`]);
});

test('a failure is an error to tenants and told in full to administrators', async () => {
  await using cloud = await startTestCloud();
  const { path, actions } = await stoppedServer(cloud);
  const error = new Error('/dev/secret is on fire');
  cloud.hosts.hypervisor.failNext('powerOn', { error, times: 9 });
  const asked = await cloud.demo.post(`${path}/action`, { 'os-start': null });
  await cloud.cloud.services.operations.whenIdle();
  cloud.hosts.hypervisor.clearFaults();
  const one = `${actions}/${asked.headers.get('x-openstack-request-id')}`;
  const seen = await show(cloud.demo, one, '2.84');
  assert.equal(seen.message, 'Error');
  assert.equal(seen.events?.[0]?.result, 'Error');
  assert.doesNotMatch(JSON.stringify(seen), /secret/);
  const told = await show(cloud.admin, one, '2.84');
  assert.match(String(told.events?.[0]?.details), /secret/);
  assert.match(String(told.events?.[0]?.traceback), /secret/);
});

test('a creation that finds no host has an event that says so', async () => {
  await using cloud = await startTestCloud();
  const { compute } = cloud.cloud.services;
  await compute.database.queries.updateTable('hosts').set({ enabled: 0 }).execute();
  const id = await makeServer(cloud);
  const [create] = await list(cloud.demo, `/v2.1/servers/${id}/os-instance-actions`);
  assert.equal(create?.message, 'Error');
  const path = `/v2.1/servers/${id}/os-instance-actions/${create?.request_id}`;
  const [event] = (await show(cloud.admin, path, '2.84')).events ?? [];
  assert.equal(event?.event, 'conductor_schedule_and_build_instances');
  assert.equal(event?.result, 'Error');
  assert.equal(event?.host, null);
});

test('from 2.21 the actions of a deleted server can be read, by its project', async () => {
  await using cloud = await startTestCloud();
  const { path, actions, stopRequest } = await stoppedServer(cloud);
  const stranger = await cloud.userOf('other', 'member');
  await cloud.demo.delete(path);
  await cloud.cloud.services.operations.whenIdle();
  for (const suffix of ['', `/${stopRequest}`]) {
    assert.equal((await cloud.demo.get(actions + suffix, at('2.20'))).status, 404);
    assert.equal((await cloud.demo.get(actions + suffix, at('2.21'))).status, 200);
    assert.equal((await stranger.get(actions + suffix, at('2.21'))).status, 404);
  }
  const [gone] = await list(cloud.demo, actions, '2.58');
  assert.equal(gone?.action, 'delete');
  assert.equal(gone?.message, null);
  const deletion = await show(cloud.admin, `${actions}/${gone?.request_id}`, '2.62');
  assert.equal(deletion.events?.[0]?.event, 'compute_terminate_instance');
  assert.notEqual(deletion.events?.[0]?.host, null);
});

test('pages are cut and followed by request id from 2.58', async () => {
  await using cloud = await startTestCloud();
  const { actions, stopRequest } = await stoppedServer(cloud);
  const first = await cloud.demo.get(`${actions}?limit=1`, at('2.58'));
  assert.deepEqual(
    first.body.instanceActions.map((action: Action) => action.request_id),
    [stopRequest],
  );
  const [{ rel, href }] = first.body.links;
  assert.equal(rel, 'next');
  const next = new URL(href);
  assert.equal(next.searchParams.get('marker'), stopRequest);
  const second = await cloud.demo.get(next.pathname + next.search, at('2.58'));
  assert.deepEqual(
    second.body.instanceActions.map(({ action }: Action) => action),
    ['create'],
  );
  assert.equal('links' in second.body, false);
  assert.deepEqual(await list(cloud.demo, `${actions}?limit=0`, '2.58'), []);
  for (const query of ['marker=req-x', 'limit=-1', 'limit=x', 'limit=1&limit=2', 'camels=1']) {
    assert.equal((await cloud.demo.get(`${actions}?${query}`, at('2.58'))).status, 400, query);
    assert.equal((await list(cloud.demo, `${actions}?${query}`, '2.57')).length, 2);
  }
});

test('changes are chosen by time, since 2.58 from and since 2.66 also up to one', async () => {
  await using cloud = await startTestCloud();
  const { actions } = await stoppedServer(cloud);
  const [stop, create] = await list(cloud.demo, actions, '2.58');
  const chosen = async (query: string, version = '2.66') => {
    const found = await list(cloud.demo, `${actions}?${query}`, version);
    return found.map(({ action }) => action);
  };
  const since = (action: Action | undefined) => `changes-since=${action?.updated_at}Z`;
  assert.deepEqual(await chosen(since(stop), '2.58'), ['stop']);
  assert.deepEqual(await chosen(since(create)), ['stop', 'create']);
  assert.deepEqual(await chosen('changes-since=2999-01-01T00:00:00%2B02:00'), []);
  assert.deepEqual(await chosen(`changes-before=${create?.updated_at}`), ['create']);
  const bad = [
    'changes-since=yesterday',
    'changes-before=2999-02-31T99:00:00Z',
    'changes-since=2020-01-02T00:00:00Z&changes-before=2020-01-01T00:00:00Z',
  ];
  for (const query of bad) {
    assert.equal((await cloud.demo.get(`${actions}?${query}`, at('2.66'))).status, 400, query);
  }
  const before = `${actions}?changes-before=2020-01-01T00:00:00Z`;
  assert.equal((await cloud.demo.get(before, at('2.65'))).status, 400);
});

test('actions are not for strangers, and an unknown request is 404', async () => {
  await using cloud = await startTestCloud();
  const { actions, stopRequest } = await stoppedServer(cloud);
  const stranger = await cloud.userOf('other', 'member');
  const reader = await cloud.userOf('demo', 'reader');
  for (const path of [actions, `${actions}/${stopRequest}`]) {
    assert.equal((await stranger.get(path)).status, 404);
    assert.equal((await reader.get(path)).status, 200);
    assert.equal((await cloud.nobody.get(path)).status, 401);
  }
  const unknown = await cloud.demo.get(`${actions}/req-unknown`);
  assert.equal(unknown.status, 404);
  assert.equal(unknown.body.itemNotFound.message, 'Action req-unknown not found');
  const missing = '/v2.1/servers/00000000-0000-4000-8000-000000000000/os-instance-actions';
  assert.equal((await cloud.demo.get(missing, at('2.21'))).status, 404);
});
