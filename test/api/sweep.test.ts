import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { withinRange } from '#base/microversion.ts';
import { roleMay } from '#endpoints/documents/policy-matrix.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { schemaAt } from '#endpoints/versioned-schema.ts';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';

/** Looks like an id of everything and is the id of nothing. */
const foreignId = '00000000-0000-4000-8000-000000000000';

function pathOf(prefix: string, endpoint: Endpoint<unknown>): string {
  return prefix + endpoint.path.replaceAll(/\{\w+\}/g, foreignId);
}

/** A body of the right action, empty otherwise: enough to get as far as the permission. */
function bodyOf(endpoint: Endpoint<unknown>): unknown {
  if (endpoint.method === 'GET' || endpoint.method === 'HEAD') return undefined;
  if (endpoint.stream) return 'bytes';
  return endpoint.action ? { [endpoint.action]: null } : {};
}

function send(client: Client, prefix: string, endpoint: Endpoint<unknown>) {
  const [type] = endpoint.stream ?? [];
  const headers: Record<string, string> = type ? { 'content-type': type } : {};
  // A newer endpoint is asked for in a version that has it.
  if (endpoint.since) headers['openstack-api-version'] = `compute ${endpoint.since}`;
  const path = pathOf(prefix, endpoint);
  return client.request(endpoint.method, path, bodyOf(endpoint), headers);
}

describe('the sweep over every endpoint of every surface', () => {
  let cloud: TestCloud;
  let reader: Client;
  let member: Client;

  before(async () => {
    cloud = await startTestCloud();
    [reader, member] = [
      await cloud.userOf('swept', 'reader'),
      await cloud.userOf('swept', 'member'),
    ];
  });
  after(() => cloud[Symbol.asyncDispose]());

  const each = async (
    check: (endpoint: Endpoint<unknown>, prefix: string, name: string) => Promise<void>,
  ) => {
    for (const surface of cloud.cloud.surfaces) {
      const [prefix = ''] = surface.prefixes;
      for (const endpoint of surface.endpoints) {
        if (endpoint.public) continue;
        // A surface of one version has no endpoint that came later.
        if (!surface.versioning && !withinRange(surface.fixedVersion, endpoint)) continue;
        const action = endpoint.action ?? '';
        await check(endpoint, prefix, `${endpoint.method} ${prefix}${endpoint.path} ${action}`);
      }
    }
  };

  test('without a token every endpoint that is not public answers 401', async () => {
    await each(async (endpoint, prefix, name) => {
      assert.equal((await send(cloud.nobody, prefix, endpoint)).status, 401, name);
    });
  });

  test('with a token that never existed it is 401 as well', async () => {
    const stranger = Object.assign(Object.create(cloud.nobody), { token: 'gAAAAA-never' });
    await each(async (endpoint, prefix, name) => {
      assert.equal((await send(stranger, prefix, endpoint)).status, 401, name);
    });
  });

  for (const role of ['reader', 'member'] as const) {
    test(`a ${role} is refused with 403 exactly where the matrix says so`, async () => {
      await each(async (endpoint, prefix, name) => {
        const client = role === 'reader' ? reader : member;
        const { status } = await send(client, prefix, endpoint);
        // A handler may still refuse by 403; what the matrix refuses must be refused.
        if (!roleMay(role, endpoint.requires)) assert.equal(status, 403, name);
        assert.ok(status < 500, `${name}: ${status}`);
      });
    });
  }

  test('an administrator who names what does not exist gets 4xx, never 5xx', async () => {
    await each(async (endpoint, prefix, name) => {
      const { status } = await send(cloud.admin, prefix, endpoint);
      assert.ok(status < 500, `${name}: ${status}`);
    });
  });

  test('a body of the wrong type is 400 for every endpoint that reads one', async () => {
    await each(async (endpoint, prefix, name) => {
      if (!endpoint.body || endpoint.action) return;
      for (const body of [[], 'text', 7, null, { 'no such member': { deep: [{}] } }]) {
        const type = { 'content-type': 'application/json' };
        const path = pathOf(prefix, endpoint);
        const text = JSON.stringify(body);
        const { status } = await cloud.admin.request(endpoint.method, path, text, type);
        assert.ok(status >= 400 && status < 500, `${name} with ${text}: ${status}`);
      }
    });
  });

  test('every schema compiles in the first and in the last version', () => {
    for (const surface of cloud.cloud.surfaces) {
      const versions = [surface.versioning?.minimum, surface.versioning?.maximum];
      for (const version of versions) {
        if (!version) continue;
        for (const endpoint of surface.endpoints) {
          if (endpoint.body) assert.ok(schemaAt(endpoint.body, version, false));
        }
      }
    }
  });
});
