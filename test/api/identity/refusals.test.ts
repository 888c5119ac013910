import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { identitySurfaces } from '#identity/api/surfaces.ts';
import { type IdentityCloud, loginBody, startIdentity } from './identity-cloud.ts';

/** Every declared endpoint of `/v3`, with nothing behind the ids in its path. */
function everyEndpoint(cloud: IdentityCloud): { endpoint: Endpoint<unknown>; url: string }[] {
  const [v3] = identitySurfaces(cloud.identity);
  return (v3?.endpoints ?? []).map((endpoint) => ({
    endpoint,
    url: `/v3${endpoint.path.replaceAll(/\{\w+\}/g, 'unknown')}`,
  }));
}

const mayHaveBody = ['POST', 'PUT', 'PATCH'];

test('without a token every endpoint is 401, those that need none excepted', async () => {
  await using cloud = await startIdentity();
  for (const { endpoint, url } of everyEndpoint(cloud)) {
    if (endpoint.public) continue;
    const answer = await cloud.nobody.request(endpoint.method, url);
    assert.equal(answer.status, 401, `${endpoint.method} ${url}`);
    assert.match(answer.headers.get('www-authenticate') ?? '', /^Keystone uri="http/);
  }
});

test('what requires an action is 403 for members and readers, whatever it names', async () => {
  await using cloud = await startIdentity();
  const reader = await cloud.userWith('reader', 'rita');
  for (const { endpoint, url } of everyEndpoint(cloud)) {
    const [action] = endpoint.requires;
    if (action === undefined) continue;
    for (const client of [reader, cloud.demo]) {
      const body = mayHaveBody.includes(endpoint.method) ? {} : undefined;
      const answer = await client.request(endpoint.method, url, body);
      assert.equal(answer.status, 403, `${endpoint.method} ${url}`);
      if (endpoint.method === 'HEAD') continue;
      assert.equal(answer.body.error.title, 'Forbidden');
      assert.match(answer.body.error.message, new RegExp(action));
    }
  }
});

test('an unknown id is 404 in Keystone’s shape, a body of another shape is 400', async () => {
  await using cloud = await startIdentity();
  for (const { endpoint, url } of everyEndpoint(cloud)) {
    if (endpoint.public || !endpoint.path.includes('{')) continue;
    // Of no domain, so that nothing is unknown but the group, which as in Keystone is forbidden.
    const unknown = endpoint.path.startsWith('/domains/config/') ? 403 : 404;
    const expects = endpoint.body === undefined ? unknown : 400;
    const body = endpoint.body === undefined ? undefined : { nonsense: true };
    const answer = await cloud.admin.request(endpoint.method, url, body);
    assert.equal(answer.status, expects, `${endpoint.method} ${url}`);
    if (endpoint.method === 'HEAD') continue;
    assert.equal(answer.body.error.code, expects);
    assert.equal(typeof answer.body.error.message, 'string');
  }
});

test('unknown paths, methods and types are refused in Keystone’s shape', async () => {
  await using cloud = await startIdentity();
  const path = await cloud.admin.get('/v3/nothing-here');
  assert.equal(path.status, 404);
  assert.equal(path.body.error.title, 'Not Found');
  const method = await cloud.admin.put('/v3/users');
  assert.equal(method.status, 405);
  assert.equal(method.headers.get('allow')?.includes('POST'), true);
  assert.equal(method.body.error.code, 405);
  const type = await cloud.admin.post('/v3/users', '<user/>', { 'content-type': 'text/xml' });
  assert.equal(type.status, 415);
  const json = await cloud.admin.post('/v3/users', '{', { 'content-type': 'application/json' });
  assert.equal(json.status, 400);
  assert.match(json.headers.get('x-openstack-request-id') ?? '', /^req-/);
});

test('a token that is not one is 401, however it looks', async () => {
  await using cloud = await startIdentity();
  for (const token of ['x', 'x'.repeat(8000), '../..', '%00', 'null']) {
    const answer = await cloud.nobody.get('/v3/auth/projects', { 'x-auth-token': token });
    assert.equal(answer.status, 401);
  }
});

test('the character NUL, which no database keeps, names nothing and is 400 elsewhere', async () => {
  await using cloud = await startIdentity();
  const nul = 'a\u0000b';
  assert.equal((await cloud.admin.get('/v3/users/%00')).status, 404);
  const answers = [
    await cloud.admin.get('/v3/users?name=%00'),
    await cloud.admin.post('/v3/users', { user: { name: nul } }),
    await cloud.admin.post('/v3/users', { user: { name: 'x', extra: [{ [nul]: 1 }] } }),
    await cloud.nobody.post('/v3/auth/tokens', loginBody(nul, 'x')),
  ];
  for (const answer of answers) assert.equal(answer.status, 400);
});
