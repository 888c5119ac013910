import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Type } from 'typebox';
import { defineError } from '#base/errors.ts';
import { type HttpListener, openHttpListener } from '#base/http/listener.ts';
import { randomIds } from '#base/ids.ts';
import { limits } from '#base/limits.ts';
import { silentLog } from '#base/log.ts';
import { endpointsOf } from '#endpoints/endpoint.ts';
import { errorRenderer, routesOf } from '#endpoints/mount.ts';
import { surface } from '#endpoints/surface.ts';
import { systemActor } from '#policy/actor.ts';
import { Client } from '#test/client.ts';

const endpoint = endpointsOf<object>();
const thingNotFound = defineError({
  code: 'NoThing',
  kind: 'not-found',
  message: () => 'no thing',
});

const body = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    note: Type.Optional(Type.String({ since: '2.5' })),
  },
  { additionalProperties: false },
);

const things = [
  endpoint({
    method: 'POST',
    path: '/things',
    summary: 'Makes a thing.',
    requires: [],
    body,
    status: 201,
    handle: async (_service, call) => ({ made: call.body, root: call.root }),
  }),
  endpoint({
    method: 'GET',
    path: '/things/{thing_id}',
    summary: 'Shows a thing.',
    requires: ['ecs:things:get'],
    status: 200,
    target: {
      find: async (_service, call) => ({ id: call.params.thing_id, projectId: 'p2' }),
      visible: (_actor, thing) => thing.id !== 'foreign',
      absent: () => thingNotFound(),
    },
    handle: async (_service, call, thing) => ({ id: thing.id, at: call.version.minor }),
  }),
  endpoint({
    method: 'DELETE',
    path: '/things/{thing_id}',
    summary: 'Ends a thing.',
    requires: [],
    status: 204,
    handle: async () => undefined,
  }),
  endpoint({
    method: 'GET',
    path: '/things/detail',
    summary: 'Shows all things.',
    requires: [],
    status: 200,
    handle: async () => ({ things: [] }),
  }),
  endpoint({
    method: 'GET',
    path: '/late',
    summary: 'Exists in some versions only.',
    since: '2.3',
    until: '2.6',
    requires: [],
    status: 200,
    handle: async () => ({ late: true }),
  }),
  endpoint({
    method: 'GET',
    path: '/broken',
    summary: 'Fails for a reason of ours.',
    requires: [],
    status: 200,
    handle: () => Promise.reject(new Error('secret reason')),
  }),
];

describe('every request', () => {
  let listener: HttpListener;
  let client: Client;
  let anonymous: Client;

  before(async () => {
    const surfaces = [
      surface({
        name: 'test',
        prefixes: ['/v2'],
        withProjectId: true,
        fixedVersion: { major: 2, minor: 1 },
        versioning: {
          serviceType: 'compute',
          legacyHeader: 'x-openstack-nova-api-version',
          minimum: { major: 2, minor: 1 },
          maximum: { major: 2, minor: 9 },
        },
        renderError: (error) => ({
          status: error.status,
          headers: {},
          body: { code: error.code, message: error.message },
        }),
        endpoints: things,
        service: {},
      }),
    ];
    listener = openHttpListener({
      routes: routesOf({
        surfaces,
        authenticate: async ({ headers }) =>
          headers['x-auth-token'] === 'good' ? systemActor('p1') : undefined,
        origin: () => 'http://here',
      }),
      renderError: errorRenderer(surfaces),
      ids: randomIds,
      log: silentLog,
    });
    const port = await listener.listen('127.0.0.1', 0);
    client = new Client(`http://127.0.0.1:${port}`, 'good');
    anonymous = new Client(`http://127.0.0.1:${port}`);
  });
  after(() => listener.close());

  test('an answer carries a request id', async () => {
    const { headers } = await client.get('/v2/things/1');
    assert.match(headers.get('x-openstack-request-id') ?? '', /^req-[0-9a-f-]{36}$/);
    assert.equal(headers.get('x-request-id'), headers.get('x-openstack-request-id'));
  });

  test('without a valid token it is refused with 401', async () => {
    assert.equal((await anonymous.get('/v2/things/1')).status, 401);
  });

  test('an unknown path is 404 in the shape of the service', async () => {
    const { status, body: answer } = await client.get('/v2/nothing');
    assert.equal(status, 404);
    assert.equal(answer.code, 'HTTPNotFound');
  });

  test('an address that cannot be decoded or holds NUL names nothing', async () => {
    for (const path of ['/v2/things/%ff', '/v2/things/%00']) {
      const { status, body: answer, headers } = await client.get(path);
      assert.equal(status, 404, path);
      assert.equal(answer.code, 'HTTPNotFound', path);
      assert.match(headers.get('x-request-id') ?? '', /^req-/, path);
    }
    assert.equal((await client.get('/v2/things/1?name=%00')).status, 400);
    assert.equal((await client.post('/v2/things', { name: 'a\0b' })).status, 400);
  });

  test('a wrong method is 405 and the answer lists the right ones', async () => {
    const { status, headers } = await client.delete('/v2/things');
    assert.equal(status, 405);
    assert.equal(headers.get('allow'), 'POST');
  });

  test('a fixed address refuses what only the pattern beside it takes', async () => {
    assert.equal((await client.delete('/v2/things/any')).status, 204);
    const { status, headers } = await client.delete('/v2/things/detail/');
    assert.equal(status, 405);
    assert.equal(headers.get('allow'), 'GET');
  });

  test('a name of more than 500 characters names nothing', async () => {
    assert.equal((await client.get(`/v2/things/${'a'.repeat(500)}`)).status, 200);
    assert.equal((await client.get(`/v2/things/${'a'.repeat(501)}`)).status, 404);
  });

  test('a body of another type than JSON is 415', async () => {
    const type = { 'content-type': 'application/xml' };
    assert.equal((await client.post('/v2/things', '<a/>', type)).status, 415);
  });

  test('a body that is not JSON is 400', async () => {
    const type = { 'content-type': 'application/json' };
    for (const text of ['{', '', '"a', '{"name":"a","__proto__":{"x":1}}']) {
      assert.equal((await client.post('/v2/things', text, type)).status, 400, text);
    }
  });

  test('a body over the limit is 413', async () => {
    const name = 'a'.repeat(limits.requestBodyBytes);
    assert.equal((await client.post('/v2/things', { name })).status, 413);
  });

  test('a failure of ours shows a request id and no reason', async () => {
    const { status, body: answer, headers } = await client.get('/v2/broken');
    assert.equal(status, 500);
    assert.doesNotMatch(answer.message, /secret/);
    assert.ok(answer.message.includes(headers.get('x-request-id')));
  });

  test('the project in the path must be the one of the token', async () => {
    assert.equal((await client.get('/v2/p1/things/1')).status, 200);
    assert.equal((await client.get('/v2/p9/things/1')).status, 400);
    const made = await client.post('/v2/p1/things', { name: 'a' });
    assert.equal(made.body.root, 'http://here/v2/p1');
  });

  test('what is not visible looks as if it did not exist', async () => {
    const { status, body: answer } = await client.get('/v2/things/foreign');
    assert.equal(status, 404);
    assert.equal(answer.code, 'NoThing');
  });

  test('an unknown member is refused by name', async () => {
    const { status, body: answer } = await client.post('/v2/things', { name: 'a', colour: 'red' });
    assert.equal(status, 400);
    assert.match(answer.message, /colour/);
  });

  test('without a version header the minimum is meant and echoed', async () => {
    const { headers, body: answer } = await client.get('/v2/things/1');
    assert.equal(answer.at, 1);
    assert.equal(headers.get('openstack-api-version'), 'compute 2.1');
    assert.equal(headers.get('x-openstack-nova-api-version'), '2.1');
    assert.match(headers.get('vary') ?? '', /OpenStack-API-Version/);
  });

  for (const [name, value, minor] of [
    ['openstack-api-version', 'compute 2.7', 7],
    ['openstack-api-version', 'volume 3.1, compute 2.7', 7],
    ['x-openstack-nova-api-version', '2.4', 4],
    ['openstack-api-version', 'compute latest', 9],
    ['openstack-api-version', 'volume 3.1', 1],
  ] as const) {
    test(`the header ${name}: ${value} means 2.${minor}`, async () => {
      const { body: answer, headers } = await client.get('/v2/things/1', { [name]: value });
      assert.equal(answer.at, minor);
      assert.equal(headers.get('openstack-api-version'), `compute 2.${minor}`);
    });
  }

  test('a version out of range is 406 and says the range', async () => {
    const asked = { 'openstack-api-version': 'compute 2.10' };
    const { status, body: answer, headers } = await client.get('/v2/things/1', asked);
    assert.equal(status, 406);
    assert.match(answer.message, /Minimum is 2\.1 and maximum is 2\.9/);
    assert.equal(headers.get('openstack-api-version'), 'compute 2.9');
  });

  test('a version that is not one is 400', async () => {
    for (const asked of ['compute 2', 'compute 2.x', 'compute 02.1', 'compute -1.1']) {
      const { status } = await client.get('/v2/things/1', { 'openstack-api-version': asked });
      assert.equal(status, 400, asked);
    }
  });

  test('a member exists only in the versions that have it', async () => {
    const sent = { name: 'a', note: 'b' };
    const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
    assert.equal((await client.post('/v2/things', sent, at('2.4'))).status, 400);
    assert.equal((await client.post('/v2/things', sent, at('2.5'))).status, 201);
  });

  test('an endpoint is 404 in the versions that do not have it', async () => {
    const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
    const statuses = [];
    for (const version of ['2.2', '2.3', '2.6', '2.7']) {
      statuses.push((await client.get('/v2/late', at(version))).status);
    }
    assert.deepEqual(statuses, [404, 200, 200, 404]);
  });
});
