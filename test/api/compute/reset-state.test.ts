import assert from 'node:assert/strict';
import { test } from 'node:test';
import { updateServer } from '#compute/servers/store.ts';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

test('an administrator says that a server is in error, or active again', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/action`;
  const { database } = cloud.cloud.services.compute;
  await updateServer(database.queries, id, { task_state: 'powering-off' }, 1);
  for (const [state, status] of [
    ['error', 'ERROR'],
    ['active', 'ACTIVE'],
  ]) {
    const answer = await cloud.admin.post(path, { 'os-resetState': { state } });
    assert.equal(answer.status, 202);
    const { server } = (await cloud.demo.get(`/v2.1/servers/${id}`)).body;
    assert.equal(server.status, status);
    assert.equal(server['OS-EXT-STS:task_state'], null);
  }
  const actions = (await cloud.demo.get(`/v2.1/servers/${id}/os-instance-actions`)).body;
  assert.equal(actions.instanceActions[0].action, 'resetState');
});

test('a state is reset by administrators alone, and only to what it can be', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/action`;
  assert.equal((await cloud.demo.post(path, { 'os-resetState': { state: 'error' } })).status, 403);
  for (const wrong of [null, {}, { state: 'deleted' }, { state: 'error', more: 1 }, 'error']) {
    const answer = await cloud.admin.post(path, { 'os-resetState': wrong });
    assert.equal(answer.status, 400, JSON.stringify(wrong));
  }
  const none = '/v2.1/servers/6f3c1b1e-3a5c-4f0e-8d92-0f6f5c0c0001/action';
  assert.equal((await cloud.admin.post(none, { 'os-resetState': { state: 'error' } })).status, 404);
});
