import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertionOf } from '#identity/federation/assertion.ts';
import { mapAssertion } from '#identity/federation/map.ts';
import type { Requirement } from '#identity/federation/provider.ts';
import { startIdentity } from './identity-cloud.ts';

const claims = {
  sub: 'u1',
  email: 'ann@corp.example',
  groups: ['ops', 'dev', 'all'],
  realm_access: { roles: ['r1'] },
  level: 7,
};

function mapped(remote: Requirement[], local: object = { groups: '{0}' }) {
  const user = { remote: [{ type: 'sub' }], local: [{ user: { id: '{0}', name: 'n-{0}' } }] };
  const rules = [user, { remote, local: [local as Record<string, unknown>] }];
  return mapAssertion(rules, assertionOf(claims))?.groups.map(({ name }) => name);
}

test('a rule holds when each of its requirements does', () => {
  assert.deepEqual(mapped([{ type: 'groups' }]), ['ops', 'dev', 'all']);
  assert.deepEqual(mapped([{ type: 'groups', whitelist: ['dev', 'x'] }]), ['dev']);
  assert.deepEqual(mapped([{ type: 'groups', blacklist: ['all'] }]), ['ops', 'dev']);
  assert.deepEqual(mapped([{ type: 'groups', blacklist: ['^a', 'p'], regex: true }]), ['dev']);
  const local = { group: { name: 'admins' } };
  const holds = (requirement: Requirement) => mapped([requirement], local)?.length === 1;
  assert.equal(holds({ type: 'groups', any_one_of: ['x', 'ops'] }), true);
  assert.equal(holds({ type: 'groups', any_one_of: ['x'] }), false);
  assert.equal(holds({ type: 'groups', not_any_of: ['x'] }), true);
  assert.equal(holds({ type: 'groups', not_any_of: ['x', 'ops'] }), false);
  assert.equal(holds({ type: 'email', any_one_of: ['@corp\\.example$'], regex: true }), true);
  assert.equal(holds({ type: 'none' }), false);
});

test('conditions take no number; values that are used do', () => {
  const remote = [{ type: 'groups', any_one_of: ['ops'] }, { type: 'email' }, { type: 'level' }];
  assert.deepEqual(mapped(remote, { group: { name: '{0} {1} {2}' } }), ['ann@corp.example 7 ']);
});

test('claims are known by three names, members of objects by a dot', () => {
  const assertion = assertionOf(claims);
  for (const name of ['email', 'OIDC-email', 'HTTP_OIDC_EMAIL']) {
    assert.deepEqual(assertion.get(name), ['ann@corp.example']);
  }
  assert.deepEqual(assertion.get('realm_access.roles'), ['r1']);
  assert.deepEqual(assertion.get('HTTP_OIDC_REALM_ACCESS_ROLES'), ['r1']);
  assert.equal(assertion.get('realm_access'), undefined);
});

test('providers, mappings and protocols are kept as they were made', async () => {
  await using cloud = await startIdentity();
  const base = '/v3/OS-FEDERATION';
  const rules = [{ remote: [{ type: 'sub' }], local: [{ user: { name: '{0}' } }] }];
  const put = async (path: string, body: object) =>
    (await cloud.admin.put(base + path, body)).status;
  const provider = { identity_provider: { remote_ids: ['https://a.example'] } };
  assert.equal(await put('/identity_providers/a', provider), 201);
  assert.equal(await put('/identity_providers/a', { identity_provider: {} }), 409);
  assert.equal(await put('/identity_providers/b', provider), 409);
  assert.equal(await put('/identity_providers/a%20b', { identity_provider: {} }), 400);
  assert.equal(await put('/mappings/m', { mapping: { rules } }), 201);
  const bad = [{ remote: [{ type: 'x', regex: true, whitelist: ['('] }], local: [] }];
  assert.equal(await put('/mappings/n', { mapping: { rules: bad } }), 400);
  const asLocal = [
    { remote: [{ type: 'x' }], local: [{ user: { name: 'admin', type: 'local' } }] },
  ];
  assert.equal(await put('/mappings/n', { mapping: { rules: asLocal } }), 400);
  const path = '/identity_providers/a/protocols/openid';
  assert.equal(await put(path, { protocol: { mapping_id: 'none' } }), 400);
  assert.equal(await put(path, { protocol: { mapping_id: 'm', audiences: ['me'] } }), 201);
  assert.equal((await cloud.admin.delete(`${base}/mappings/m`)).status, 409);
  const shown = (await cloud.admin.get(base + path)).body.protocol;
  assert.deepEqual([shown.mapping_id, shown.audiences], ['m', ['me']]);
  const service = { auth_url: 'https://b.example/v3', sp_url: 'https://b.example/sp' };
  assert.equal(await put('/service_providers/s', { service_provider: service }), 201);
  const changed = await cloud.admin.patch(`${base}/service_providers/s`, {
    service_provider: { enabled: true },
  });
  assert.equal(changed.body.service_provider.enabled, true);
  for (const kind of ['identity_providers', 'mappings', 'service_providers']) {
    assert.equal((await cloud.admin.get(`${base}/${kind}`)).body[kind].length, 1);
    assert.equal((await cloud.demo.get(`${base}/${kind}`)).status, 403);
  }
  assert.equal((await cloud.admin.delete(`${base}/identity_providers/a`)).status, 204);
  assert.equal((await cloud.admin.get(base + path)).status, 404);
});
