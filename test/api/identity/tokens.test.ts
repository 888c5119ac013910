import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '#test/client.ts';
import { loginBody, made, passwords, startIdentity } from './identity-cloud.ts';

const demoProject = { project: { name: 'demo', domain: { name: 'Default' } } };

test('a log-in by password answers with a token, its scope, roles and catalog', async () => {
  await using cloud = await startIdentity();
  const answer = await cloud.nobody.post(
    '/v3/auth/tokens',
    loginBody('demo', passwords.demo, demoProject),
  );
  assert.equal(answer.status, 201);
  assert.match(answer.headers.get('x-subject-token') ?? '', /^[\w-]{43}$/);
  const { token } = answer.body;
  assert.deepEqual(token.methods, ['password']);
  assert.deepEqual(token.user, {
    id: cloud.demo.userId,
    name: 'demo',
    domain: { id: 'default', name: 'Default' },
    password_expires_at: null,
  });
  assert.deepEqual(token.project, {
    id: cloud.demoProjectId,
    name: 'demo',
    domain: { id: 'default', name: 'Default' },
  });
  assert.equal(token.is_domain, false);
  assert.deepEqual(
    token.roles.map((role: { name: string }) => role.name),
    ['member', 'reader'],
  );
  assert.equal(token.issued_at, '2026-01-01T00:00:00.000000Z');
  assert.equal(token.expires_at, '2026-01-02T00:00:00.000000Z');
  assert.equal(token.audit_ids.length, 1);
  const compute = token.catalog.find((entry: { type: string }) => entry.type === 'compute');
  const [first] = compute.endpoints;
  assert.equal(first.url, `${cloud.url}/v2.1/${cloud.demoProjectId}`);
  assert.equal(first.region, first.region_id);
});

test('the catalog is left out when `nocatalog` is asked for', async () => {
  await using cloud = await startIdentity();
  const body = loginBody('demo', passwords.demo, demoProject);
  const answer = await cloud.nobody.post('/v3/auth/tokens?nocatalog', body);
  assert.equal(answer.status, 201);
  assert.equal('catalog' in answer.body.token, false);
  assert.equal(answer.body.token.project.name, 'demo');
});

test('scopes can be named in every form that clients use', async () => {
  await using cloud = await startIdentity();
  const scopes = [
    demoProject,
    { project: { id: cloud.demoProjectId } },
    { project: { name: 'demo', domain: { id: 'default' } } },
    { project: { name: 'demo' } },
    undefined,
  ];
  for (const scope of scopes) {
    const body = loginBody('demo', passwords.demo, scope);
    const answer = await cloud.nobody.post('/identity/v3/auth/tokens', body);
    assert.equal(answer.status, 201, JSON.stringify(scope));
    assert.equal(answer.body.token.project.id, cloud.demoProjectId);
  }
});

test('a scope beside `auth` and members that nobody knows are accepted', async () => {
  await using cloud = await startIdentity();
  const { auth } = loginBody('demo', passwords.demo) as { auth: object };
  const beside = await cloud.nobody.post('/v3/auth/tokens', { auth, scope: { unscoped: {} } });
  assert.equal(beside.status, 201);
  assert.equal('project' in beside.body.token, false);
  const extra = { auth: { ...auth, scope: demoProject, tenantName: 'demo' }, more: 1 };
  const unknown = await cloud.nobody.post('/v3/auth/tokens', extra);
  assert.equal(unknown.status, 201);
  assert.equal(unknown.body.token.project.name, 'demo');
});

test('an unscoped token has neither project nor roles nor catalog', async () => {
  await using cloud = await startIdentity();
  const body = loginBody('demo', passwords.demo, { unscoped: {} });
  const answer = await cloud.nobody.post('/v3/auth/tokens', body);
  assert.equal(answer.status, 201);
  for (const member of ['project', 'domain', 'roles', 'catalog']) {
    assert.equal(member in answer.body.token, false, member);
  }
});

test('a domain-scoped token names its domain and no address that needs a project', async () => {
  await using cloud = await startIdentity();
  const body = loginBody('admin', passwords.admin, { domain: { name: 'Default' } });
  const answer = await cloud.nobody.post('/v3/auth/tokens', body);
  assert.equal(answer.status, 201);
  const { token } = answer.body;
  assert.deepEqual(token.domain, { id: 'default', name: 'Default' });
  const compute = token.catalog.find((entry: { type: string }) => entry.type === 'compute');
  assert.deepEqual(compute.endpoints, []);
  const refused = loginBody('demo', passwords.demo, { domain: { name: 'Default' } });
  assert.equal((await cloud.nobody.post('/v3/auth/tokens', refused)).status, 401);
});

test('a token can be exchanged for one of another scope that ends no later', async () => {
  await using cloud = await startIdentity();
  await cloud.clock.advance(3600_000);
  const answer = await cloud.nobody.post('/v3/auth/tokens', {
    auth: {
      identity: { methods: ['token'], token: { id: cloud.admin.token } },
      scope: { project: { id: cloud.demoProjectId } },
    },
  });
  assert.equal(answer.status, 201);
  const { token } = answer.body;
  assert.deepEqual(token.methods, ['token', 'password']);
  assert.equal(token.audit_ids.length, 2);
  assert.equal(token.expires_at, '2026-01-02T00:00:00.000000Z');
  assert.equal(token.project.name, 'demo');
});

test('every failed log-in gets the same answer and leaves nothing behind', async () => {
  await using cloud = await startIdentity();
  const bodies = [
    loginBody('demo', 'wrong', demoProject),
    loginBody('nobody', 'wrong', demoProject),
    loginBody('demo', passwords.demo, { project: { name: 'admin' } }),
    loginBody('demo', passwords.demo, { project: { id: 'unknown' } }),
    loginBody('demo', passwords.demo, { system: { all: true } }),
    { auth: { identity: { methods: ['token'], token: { id: 'x'.repeat(43) } } } },
  ];
  const { queries } = cloud.identity.context.database;
  const count = () => queries.selectFrom('tokens').select('hash').execute();
  const before = (await count()).length;
  for (const body of bodies) {
    const answer = await cloud.nobody.post('/v3/auth/tokens', body);
    assert.equal(answer.status, 401, JSON.stringify(body));
    assert.deepEqual(answer.body, {
      error: {
        code: 401,
        message: 'The request you have made requires authentication.',
        title: 'Unauthorized',
      },
    });
    assert.equal(answer.headers.get('www-authenticate'), `Keystone uri="${cloud.url}/identity"`);
  }
  assert.equal((await count()).length, before);
});

test('a log-in that is not one is refused with 400, and the password is not echoed', async () => {
  await using cloud = await startIdentity();
  const user = { name: 'demo', password: 'hush-hush' };
  const bodies = [
    {},
    { auth: {} },
    { auth: { identity: { methods: [] } } },
    { auth: { identity: { methods: ['password'] } } },
    { auth: { identity: { methods: ['password'], password: { user } } } },
    {
      auth: { identity: { methods: ['password'], password: { user: { password: 'hush-hush' } } } },
    },
    { auth: { identity: { methods: ['password'], password: { user: { ...user, name: 5 } } } } },
    loginBody('demo', 'hush-hush', {}),
  ];
  for (const body of bodies) {
    const answer = await cloud.nobody.post('/v3/auth/tokens', body);
    assert.equal(answer.status === 400 || answer.status === 401, true, JSON.stringify(body));
    assert.equal(JSON.stringify(answer.body).includes('hush-hush'), false);
  }
  const method = { auth: { identity: { methods: ['saml2'] } } };
  assert.equal((await cloud.nobody.post('/v3/auth/tokens', method)).status, 401);
});

test('one can look at one’s own tokens, an administrator at all, nobody else at any', async () => {
  await using cloud = await startIdentity();
  const reader = await cloud.userWith('reader', 'rita');
  const subject = { 'x-subject-token': cloud.demo.token ?? '' };
  for (const client of [cloud.demo, cloud.admin]) {
    const shown = await client.get('/v3/auth/tokens', subject);
    assert.equal(shown.status, 200);
    assert.equal(shown.body.token.user.name, 'demo');
    assert.equal(shown.headers.get('x-subject-token'), cloud.demo.token);
    const checked = await client.request('HEAD', '/v3/auth/tokens', undefined, subject);
    assert.equal(checked.status, 200);
    assert.equal(checked.body, '');
  }
  assert.equal((await reader.get('/v3/auth/tokens', subject)).status, 404);
  assert.equal((await reader.delete('/v3/auth/tokens', subject)).status, 404);
  assert.equal((await cloud.demo.get('/v3/auth/tokens')).status, 404);
  assert.equal((await cloud.nobody.get('/v3/auth/tokens', subject)).status, 401);
  const unknown = { 'x-subject-token': 'unknown' };
  assert.equal((await cloud.admin.get('/v3/auth/tokens', unknown)).status, 404);
});

test('what a token can reach is listed for its holder', async () => {
  await using cloud = await startIdentity();
  const projects = await cloud.demo.get('/v3/auth/projects');
  assert.deepEqual(
    projects.body.projects.map((project: { name: string }) => project.name),
    ['demo'],
  );
  assert.equal(projects.body.links.self, `${cloud.url}/v3/auth/projects`);
  assert.deepEqual((await cloud.demo.get('/v3/auth/domains')).body.domains, []);
  const domains = (await cloud.admin.get('/v3/auth/domains')).body.domains;
  assert.equal(domains[0].id, 'default');
  const catalog = await cloud.demo.get('/v3/auth/catalog');
  assert.equal(catalog.status, 200);
  assert.equal(catalog.body.catalog.length > 3, true);
});

test('an unscoped token gets no catalog', async () => {
  await using cloud = await startIdentity();
  const body = loginBody('demo', passwords.demo, { unscoped: {} });
  const answer = await cloud.nobody.post('/v3/auth/tokens', body);
  const unscoped = new Client(cloud.url, answer.headers.get('x-subject-token') ?? '');
  assert.equal((await unscoped.get('/v3/auth/catalog')).status, 403);
  assert.equal((await unscoped.get('/v3/auth/projects')).status, 200);
});

test('a default project that can not be had does not keep a user from logging in', async () => {
  await using cloud = await startIdentity();
  const password = 'pw';
  await made(cloud.admin, 'users', {
    name: 'lone',
    password,
    default_project_id: cloud.demoProjectId,
  });
  const answer = await cloud.nobody.post('/v3/auth/tokens', loginBody('lone', password));
  assert.equal(answer.status, 201);
  assert.equal('project' in answer.body.token, false);
});
