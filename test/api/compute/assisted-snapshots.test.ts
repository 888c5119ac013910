import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';

const path = '/v2.1/os-assisted-volume-snapshots';
const volume_id = '521752a6-acf6-4b2d-bc7a-119f9148cd8c';
const create_info = { snapshot_id: 'one', type: 'qcow2', new_file: 'file', id: 'one' };

test('no volume is a file on a host, so that no snapshot of one is taken or deleted', async () => {
  await using cloud = await startTestCloud();
  const post = (snapshot: object) => cloud.admin.post(path, { snapshot });
  const made = await post({ volume_id, create_info });
  assert.equal(made.status, 400);
  assert.match(made.body.badRequest.message, /No volume Block Device Mapping/);
  for (const snapshot of [{}, { volume_id }, { volume_id, create_info: { type: 'raw' } }]) {
    assert.match((await post(snapshot)).body.badRequest.message, /Invalid input/);
  }
  const remove = (query: string, headers = {}) =>
    cloud.admin.delete(`${path}/one${query}`, headers);
  const info = encodeURIComponent(JSON.stringify({ volume_id }));
  const told = await remove(`?delete_info=${info}`);
  assert.match(told.body.badRequest.message, /No volume Block Device Mapping/);
  for (const query of ['', '?delete_info=', '?delete_info=7', '?delete_info={}']) {
    assert.match((await remove(query)).body.badRequest.message, /delete_info/, query);
  }
});

test('snapshots of files are for administrators', async () => {
  await using cloud = await startTestCloud();
  const body = { snapshot: { volume_id, create_info } };
  const reader = await cloud.userOf('demo', 'reader');
  assert.equal((await cloud.demo.post(path, body)).status, 403);
  assert.equal((await reader.delete(`${path}/one`)).status, 403);
  assert.equal((await cloud.nobody.post(path, body)).status, 401);
});
