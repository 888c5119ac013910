import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { formatMicroversion, withinRange } from '#base/microversion.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';

/** Names nothing, so that a body that is accepted is answered with 404, and any other with 400. */
const someId = '00000000-0000-4000-8000-000000000000';

/** What is sent with null, where Nova takes anything. */
const bare = [
  'forceDelete',
  'injectNetworkInfo',
  'lock',
  'migrate',
  'os-start',
  'os-stop',
  'pause',
  'resetNetwork',
  'restore',
  'resume',
  'shelve',
  'shelveOffload',
  'suspend',
  'unlock',
  'unpause',
  'unrescue',
];
const nullOnly = ['confirmResize', 'revertResize', 'trigger_crash_dump'];
/** What may be said of them, or left out. */
const optional = ['rescue', 'unshelve'];

describe('an action on a server', () => {
  let cloud: TestCloud;
  let actions: Endpoint<unknown>[];
  before(async () => {
    cloud = await startTestCloud();
    const surface = cloud.cloud.surfaces.find(({ name }) => name === 'compute-v2.1');
    actions = (surface?.endpoints ?? []).filter(
      ({ action, path }) => action !== undefined && path === '/servers/{server_id}/action',
    );
  });
  after(() => cloud[Symbol.asyncDispose]());

  const ask = async (endpoint: Endpoint<unknown>, body: unknown, prefix = '/v2.1') => {
    const version = endpoint.since ?? '2.1';
    const { status } = await cloud.admin.post(`${prefix}/servers/${someId}/action`, body, {
      'openstack-api-version': `compute ${version}`,
    });
    assert.ok(status < 500, `${endpoint.action} ${JSON.stringify(body)}: ${status}`);
    return status;
  };

  test('that takes nothing is asked for with null, on both ways in', async () => {
    for (const endpoint of actions) {
      const { action = '' } = endpoint;
      if (![...bare, ...nullOnly, ...optional].includes(action)) continue;
      const isOfV2 = withinRange({ major: 2, minor: 1 }, endpoint);
      for (const prefix of isOfV2 ? ['/v2', '/v2.1'] : ['/v2.1']) {
        assert.equal(await ask(endpoint, { [action]: null }, prefix), 404, `${prefix} ${action}`);
      }
    }
  });

  test('that takes nothing is taken with an empty object, as old clients send it', async () => {
    for (const endpoint of actions) {
      const { action = '' } = endpoint;
      if (bare.includes(action)) assert.equal(await ask(endpoint, { [action]: {} }), 404, action);
      if (nullOnly.includes(action)) {
        assert.equal(await ask(endpoint, { [action]: {} }), 400, action);
      }
    }
  });

  test('that takes something is refused with null', async () => {
    for (const endpoint of actions) {
      const { action = '' } = endpoint;
      if ([...bare, ...nullOnly, ...optional].includes(action) || endpoint.status === 410) continue;
      assert.equal(await ask(endpoint, { [action]: null }), 400, action);
    }
  });

  test('is one action, alone in an object', async () => {
    for (const endpoint of actions) {
      const { action = '' } = endpoint;
      if (endpoint.status === 410) continue;
      const twice = { [action]: null, 'os-start': null, reboot: { type: 'SOFT' } };
      for (const body of [{}, [], null, 'os-start', 7, [{ [action]: null }], twice]) {
        const sent = body === 'os-start' ? '"os-start"' : body;
        const type = { 'content-type': 'application/json' };
        const path = `/v2.1/servers/${someId}/action`;
        const text = typeof sent === 'string' ? sent : JSON.stringify(sent);
        const { status } = await cloud.admin.post(path, text, type);
        assert.equal(status, 400, `${action}: ${text}`);
      }
    }
  });

  test('is refused in words before it exists and after it is gone', async () => {
    for (const endpoint of actions) {
      const { action = '', since } = endpoint;
      if (!since || actions.filter((other) => other.action === action).length > 1) continue;
      const [, minor] = since.split('.').map(Number);
      const version = formatMicroversion({ major: 2, minor: (minor ?? 1) - 1 });
      const path = `/v2.1/servers/${someId}/action`;
      const headers = { 'openstack-api-version': `compute ${version}` };
      const { status } = await cloud.admin.post(path, { [action]: null }, headers);
      assert.equal(status, 404, `${action} in ${version}`);
    }
  });
});
