import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { listRecords } from '#audit/store.ts';
import type { TestCloud } from '#test/cloud.ts';
import { startTestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { makeServer, serverBody } from '#test/servers.ts';

/** Records about a resource, once each has its outcome. */
async function recordsOf(cloud: TestCloud, resourceId: string) {
  const { database } = cloud.cloud.services;
  return eventually('the records have their outcomes', async () => {
    const all = await listRecords(database.queries, undefined, 1000);
    const found = all.filter((row) => row.resource_id === resourceId);
    return found.length > 0 && found.every(({ status }) => status !== null) ? found : undefined;
  });
}

/** In the order of their words: those of one millisecond have none of their own. */
const told = (rows: Awaited<ReturnType<typeof recordsOf>>) =>
  rows.map(({ method, call, status, refusal }) => [method, call, status, refusal]).sort();

test('who changed what, from where and with which outcome outlives the server', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const action = `/v2.1/servers/${id}/action`;
  await demo.post(action, { 'os-stop': null });
  await cloud.cloud.services.operations.whenIdle();
  await demo.post(action, { 'os-stop': null });
  await demo.post(action, { 'os-start': { more: 1 }, reboot: {} });
  await demo.get(`/v2.1/servers/${id}`);
  await demo.delete(`/v2.1/servers/${id}`);
  await cloud.cloud.services.operations.whenIdle();
  const records = await recordsOf(cloud, id);
  assert.deepEqual(
    told(records),
    [
      ['POST', '/servers', 202, null],
      ['POST', '/servers/{server_id}/action os-stop', 202, null],
      ['POST', '/servers/{server_id}/action os-stop', 409, 'InstanceInvalidState'],
      ['POST', '/servers/{server_id}/action os-start', 400, 'MalformedAction'],
      ['DELETE', '/servers/{server_id}', 204, null],
    ].sort(),
  );
  const first = records.find(({ call }) => call === '/servers');
  assert.equal(first?.project_id, demo.projectId);
  assert.equal(first?.address, '127.0.0.1');
  assert.equal(first?.surface, 'compute-v2.1');
  assert.match(first?.request_id ?? '', /^req-/);
  assert.match(first?.user_id ?? '', /^[0-9a-f]{32}$/);
});

test('what is refused leaves its record, a read as well; a granted read does not', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const reader = await cloud.userOf('demo', 'reader');
  const action = `/v2.1/servers/${id}/action`;
  assert.equal((await reader.post(action, { 'os-stop': null })).status, 403);
  assert.equal((await cloud.demo.get(`/v2.1/servers/${id}/diagnostics`)).status, 403);
  assert.equal((await reader.get(`/v2.1/servers/${id}`)).status, 200);
  const stranger = await cloud.userOf('strangers', 'member');
  assert.equal((await stranger.delete(`/v2.1/servers/${id}`)).status, 404);
  const refused = (await recordsOf(cloud, id)).filter(({ refusal }) => refusal !== null);
  assert.deepEqual(
    told(refused),
    [
      ['POST', '/servers/{server_id}/action os-stop', 403, 'PolicyNotAuthorized'],
      ['GET', '/servers/{server_id}/diagnostics', 403, 'PolicyNotAuthorized'],
      ['DELETE', '/servers/{server_id}', 404, 'InstanceNotFound'],
    ].sort(),
  );
});

test('a change that outlives a crash has its record', async () => {
  const met = Promise.withResolvers<void>();
  const faults = {
    beforeStep: async (kind: string) => {
      if (kind !== 'create-server') return;
      met.resolve();
      // A process that died says nothing more.
      await new Promise(() => undefined);
    },
  };
  await using cloud = await startTestCloud({ faults });
  const made = await cloud.demo.post('/v2.1/servers', await serverBody(cloud.demo));
  await met.promise;
  await cloud.restartAfterCrash({ faults: {} });
  const { database } = cloud.cloud.services;
  const all = await listRecords(database.queries, undefined, 1000);
  assert.ok(all.some(({ call }) => call === '/servers'));
  assert.equal((await cloud.demo.get(`/v2.1/servers/${made.body.server.id}`)).status, 200);
});

test('no secret gets into a record', async () => {
  await using cloud = await startTestCloud();
  const adminPass = 'very-secret-password';
  await makeServer(cloud, { adminPass, metadata: { [adminPass]: adminPass } });
  await cloud.demo.post('/v2.1/servers/x/action', { [`${adminPass} `]: null });
  await cloud.demo.get(`/v2.1/os-console-auth-tokens/${adminPass}`);
  const all = await eventually('the records have their outcomes', async () => {
    const rows = await listRecords(cloud.cloud.services.database.queries, undefined, 1000);
    return rows.every(({ status }) => status !== null) ? rows : undefined;
  });
  assert.ok(all.length > 2);
  assert.equal(JSON.stringify(all).includes(adminPass), false);
});

test('the operator prints the records beside the serving cloud', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  await recordsOf(cloud, id);
  const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
  const args = [main, 'audit', '--state', cloud.stateDirectory];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const creation = lines.find(({ resource_id }) => resource_id === id);
  assert.equal(creation.call, '/servers');
  assert.equal(creation.status, 202);
});
