import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';
import { askAs, placeOf } from '../../metadata/guest.ts';

const encrypted = `${'xlozO3wLCBRWAa2y'.repeat(21)}==`;
const guestPath = '/openstack/latest/password';

describe('the password that a guest sets', () => {
  let cloud: TestCloud;
  let id: string;
  let path: string;
  let here: { networkId: string; address: string };

  const ask = (method: string, body?: string | Uint8Array, at = guestPath) =>
    askAs(cloud, here.networkId, here.address, at, { method, ...(body !== undefined && { body }) });
  const shown = async () => (await cloud.demo.get(path)).body;

  before(async () => {
    cloud = await startTestCloud();
    id = await makeServer(cloud);
    path = `/v2.1/servers/${id}/os-server-password`;
    here = await placeOf(cloud, id);
  });
  after(() => cloud[Symbol.asyncDispose]());

  test('is empty while there is none', async () => {
    assert.equal((await cloud.demo.get(path)).status, 200);
    assert.deepEqual(await shown(), { password: '' });
    assert.deepEqual([(await ask('GET')).status, (await ask('GET')).text], [200, '']);
    assert.equal((await cloud.demo.delete(path)).status, 204);
  });

  test('is refused when it is too long or no text, and where the layout has none', async () => {
    assert.equal((await ask('POST', 'x'.repeat(1021))).status, 400);
    assert.equal((await ask('POST', new Uint8Array([0xff, 0xfe]))).status, 400);
    assert.equal((await ask('POST', 'a\0b')).status, 400);
    assert.equal((await ask('POST', encrypted, '/openstack/2012-08-10/password')).status, 405);
    assert.equal((await ask('POST', encrypted, '/openstack/password')).status, 405);
    assert.equal((await ask('PUT', encrypted)).status, 405);
    assert.deepEqual(await shown(), { password: '' });
  });

  test('is set once and shown as the guest gave it, until it is cleared', async () => {
    assert.equal((await ask('POST', encrypted, '/openstack/2013-04-04/password')).status, 200);
    assert.deepEqual(await shown(), { password: encrypted });
    assert.deepEqual((await cloud.demo.get(path.replace('/v2.1', '/v2'))).body, await shown());
    assert.equal((await ask('GET')).text, encrypted);
    assert.equal((await ask('POST', 'another')).status, 409);
    assert.deepEqual(await shown(), { password: encrypted });
    const other = { networkId: here.networkId, address: '10.0.0.250' };
    const stray = await askAs(cloud, other.networkId, other.address, guestPath, {
      method: 'POST',
      body: 'stray',
    });
    assert.equal(stray.status, 404);
    assert.equal((await cloud.demo.delete(path)).status, 204);
    assert.deepEqual(await shown(), { password: '' });
    assert.equal((await ask('POST', 'x'.repeat(1020))).status, 200);
    assert.deepEqual(await shown(), { password: 'x'.repeat(1020) });
  });

  test('of two that come at once one is kept', async () => {
    await cloud.demo.delete(path);
    const answers = await Promise.all(['one', 'two', 'three'].map((text) => ask('POST', text)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409]);
  });

  test('is for those who may manage passwords in its project', async () => {
    const stranger = await cloud.userOf('other', 'member');
    const reader = await cloud.userOf('demo', 'reader');
    for (const method of ['GET', 'DELETE']) {
      assert.equal((await stranger.request(method, path)).status, 404);
      assert.equal((await reader.request(method, path)).status, 403);
      assert.equal((await cloud.nobody.request(method, path)).status, 401);
      const missing = path.replace(id, '00000000-0000-4000-8000-000000000000');
      assert.equal((await cloud.demo.request(method, missing)).status, 404);
    }
    assert.notEqual((await cloud.admin.get(path)).body.password, '');
  });
});
