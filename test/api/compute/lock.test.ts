import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

function act(client: Client, id: string, body: object, version = '2.1') {
  return client.post(`/v2.1/servers/${id}/action`, body, at(version));
}

async function lockOf(client: Client, id: string) {
  const { body } = await client.get(`/v2.1/servers/${id}`, at('2.73'));
  return { locked: body.server.locked, reason: body.server.locked_reason };
}

test('a locked server is changed by administrators only', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin } = cloud;
  const id = await makeServer(cloud);
  const locked = await act(demo, id, { lock: null });
  assert.equal(locked.status, 202);
  assert.equal(locked.body, '');
  assert.deepEqual(await lockOf(demo, id), { locked: true, reason: null });
  const refused = [
    await act(demo, id, { 'os-stop': null }),
    await act(demo, id, { reboot: { type: 'HARD' } }),
    await demo.delete(`/v2.1/servers/${id}`),
    await demo.post(`/v2.1/servers/${id}/metadata`, { metadata: { a: 'b' } }),
    await demo.post(`/v2.1/servers/${id}/os-interface`, { interfaceAttachment: {} }),
  ];
  for (const { status, body } of refused) {
    assert.equal(status, 409);
    assert.equal(body.conflictingRequest.message, `Instance ${id} is locked`);
  }
  const renamed = await demo.put(`/v2.1/servers/${id}`, { server: { name: 'other' } });
  assert.equal(renamed.status, 200, 'its words are not what is locked');
  assert.equal((await act(admin, id, { 'os-stop': null })).status, 202);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal((await act(demo, id, { unlock: null })).status, 202);
  assert.deepEqual(await lockOf(demo, id), { locked: false, reason: null });
  assert.equal((await act(demo, id, { 'os-start': null })).status, 202);
});

test('what an administrator locked, its owner cannot unlock', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin } = cloud;
  const id = await makeServer(cloud);
  assert.equal((await act(admin, id, { lock: null })).status, 202);
  const refused = await act(demo, id, { unlock: null });
  assert.equal(refused.status, 403);
  assert.match(refused.body.forbidden.message, /unlockOverride/);
  assert.equal((await act(demo, id, { lock: null })).status, 202, 'nor take the lock over');
  assert.equal((await act(demo, id, { unlock: null })).status, 403);
  assert.equal((await act(admin, id, { unlock: null })).status, 202);
  assert.equal((await lockOf(demo, id)).locked, false);
  await act(demo, id, { lock: null });
  assert.equal((await act(admin, id, { unlock: null })).status, 202, 'but the other way round');
});

test('a reason can be given since 2.73, and leaves with the lock', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const lock = (reason: unknown, version = '2.73') =>
    act(demo, id, { lock: { locked_reason: reason } }, version);
  for (const reason of ['', 'x'.repeat(256), 7, null, 'a\u0000b']) {
    assert.equal((await lock(reason)).status, 400, JSON.stringify(reason));
  }
  assert.equal((await act(demo, id, { lock: { why: 'x' } }, '2.73')).status, 400);
  assert.equal((await act(demo, id, { lock: 'x' }, '2.73')).status, 400);
  assert.equal((await lockOf(demo, id)).locked, false);
  assert.equal((await lock('x'.repeat(255))).status, 202);
  assert.deepEqual(await lockOf(demo, id), { locked: true, reason: 'x'.repeat(255) });
  await act(demo, id, { unlock: null });
  assert.equal((await lock('not looked at', '2.72')).status, 202);
  assert.deepEqual(await lockOf(demo, id), { locked: true, reason: null });
});

test('unlock takes nothing but null since 2.102', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  assert.equal((await act(demo, id, { unlock: { any: 1 } }, '2.101')).status, 202);
  assert.equal((await act(demo, id, { unlock: { any: 1 } }, '2.102')).status, 400);
  assert.equal((await act(demo, id, { unlock: null }, '2.102')).status, 202);
});

test('locking is an action of the server that ended well', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const locked = await act(demo, id, { lock: null });
  const requestId = locked.headers.get('x-openstack-request-id');
  const db = cloud.cloud.services.database.queries;
  const row = await db
    .selectFrom('instance_actions')
    .selectAll()
    .where('server_id', '=', id)
    .where('action', '=', 'lock')
    .executeTakeFirst();
  assert.equal(row?.request_id, requestId);
  assert.notEqual(row?.finished_ms, null);
  await act(demo, id, { lock: null });
  await act(demo, id, { unlock: null });
  const actions = await db
    .selectFrom('instance_actions')
    .select('action')
    .where('server_id', '=', id)
    .where('action', 'in', ['lock', 'unlock'])
    .orderBy('started_ms')
    .execute();
  assert.deepEqual(
    actions.map(({ action }) => action),
    ['lock', 'unlock'],
  );
});

test('readers, strangers and nobody lock nothing', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const reader = await cloud.userOf('demo', 'reader');
  const stranger = await cloud.userOf('other', 'member');
  for (const action of ['lock', 'unlock']) {
    const body = { [action]: null };
    assert.equal((await act(reader, id, body)).status, 403);
    assert.equal((await act(stranger, id, body)).status, 404);
    assert.equal((await act(cloud.nobody, id, body)).status, 401);
    assert.equal((await act(cloud.demo, 'no-such-server', body)).status, 404);
  }
  assert.equal((await lockOf(cloud.demo, id)).locked, false);
});
