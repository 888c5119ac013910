import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { roleMay } from '#endpoints/documents/policy-matrix.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { schemaAt } from '#endpoints/versioned-schema.ts';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { pathOf, send, sweptEndpoints } from './sweep-requests.ts';

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
    for (const { endpoint, prefix, name } of sweptEndpoints(cloud.cloud.surfaces)) {
      await check(endpoint, prefix, name);
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
