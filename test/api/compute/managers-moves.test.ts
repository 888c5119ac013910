import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { settleAction } from '#test/resizes.ts';
import { makeServer } from '#test/servers.ts';

const hosts = [{ name: 'one' }, { name: 'two' }];
const newest = { 'openstack-api-version': 'compute 2.90' };
const anywhere = { host: null, block_migration: 'auto' };

describe('what Nova leaves to the manager of a project', () => {
  let cloud: TestCloud;
  let manager: Client;
  let stranger: Client;
  let id: string;

  before(async () => {
    cloud = await startTestCloud({ hosts });
    manager = await cloud.userOf('demo', 'manager');
    stranger = await cloud.userOf('another', 'manager');
    id = await makeServer(cloud);
  });
  after(() => cloud[Symbol.asyncDispose]());

  async function ask(client: Client, action: object): Promise<number> {
    const { status } = await client.post(`/v2.1/servers/${id}/action`, action, newest);
    await cloud.cloud.services.operations.whenIdle();
    return status;
  }

  test('moves its servers where placement wants them', async () => {
    assert.equal(await ask(manager, { 'os-migrateLive': anywhere }), 202);
    assert.equal(await ask(manager, { migrate: null }), 202);
    await settleAction(cloud, id, { confirmResize: null });
  });

  test('names no host, which is for administrators', async () => {
    assert.equal(await ask(manager, { 'os-migrateLive': { ...anywhere, host: 'one' } }), 403);
    assert.equal(await ask(manager, { migrate: { host: 'one' } }), 403);
  });

  test('sees the moves of its own project, without hosts', async () => {
    const list = async (client: Client, query = '') =>
      client.get(`/v2.1/os-migrations${query}`, newest);
    const { migrations } = (await list(manager)).body;
    assert.equal(migrations.length, 2);
    const names = ['source_compute', 'source_node', 'dest_compute', 'dest_node', 'dest_host'];
    for (const one of migrations) for (const name of names) assert.equal(one[name], null, name);
    const { migrations: whole } = (await list(cloud.admin)).body;
    assert.notEqual(whole[0].source_compute, null);
    assert.deepEqual((await list(stranger)).body.migrations, []);
    assert.equal((await list(stranger, `?marker=${migrations[0].uuid}`)).status, 400);
    assert.equal((await list(manager, `?project_id=${stranger.projectId}`)).status, 403);
    assert.equal((await list(manager, '?host=one')).status, 403);
    assert.equal((await list(manager, '?source_compute=one')).status, 403);
  });

  test('a server of another project is none, and members move nothing', async () => {
    assert.equal(await ask(stranger, { migrate: null }), 404);
    assert.equal(await ask(cloud.demo, { migrate: null }), 403);
    assert.equal(await ask(cloud.demo, { 'os-migrateLive': anywhere }), 403);
  });

  test('lists what goes on with a server; how far it is only administrators see', async () => {
    const path = `/v2.1/servers/${id}/migrations`;
    assert.deepEqual((await manager.get(path, newest)).body, { migrations: [] });
    assert.equal((await manager.get(`${path}/1`, newest)).status, 403);
    // It is over: there is nothing to call off or to force, which is no question of rights.
    const force = { force_complete: null };
    const ended = [await manager.delete(`${path}/1`, newest)];
    ended.push(await manager.post(`${path}/1/action`, force, newest));
    for (const { status } of ended) assert.ok([400, 404, 409].includes(status), `${status}`);
  });
});
