import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#base/limits.ts';
import { Client } from '#test/client.ts';
import { credentialOf } from './delegations.ts';
import { type IdentityCloud, startIdentity } from './identity-cloud.ts';

const grant = { grant_type: 'client_credentials' };

function ask(cloud: IdentityCloud, form: Record<string, string>, client?: [string, string]) {
  const basic = Buffer.from(client?.join(':') ?? '').toString('base64');
  return cloud.nobody.post('/v3/OS-OAUTH2/token', new URLSearchParams(form).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    ...(client && { authorization: `Basic ${basic}` }),
  });
}

test('an application credential gets a token by OAuth 2.0, and is known by it', async () => {
  await using cloud = await startIdentity();
  const { id, secret } = await credentialOf(cloud.demo);
  const byForm = { ...grant, client_id: id, client_secret: secret };
  for (const answer of [await ask(cloud, grant, [id, secret]), await ask(cloud, byForm)]) {
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const { access_token, ...rest } = answer.body;
    assert.deepEqual(rest, { token_type: 'Bearer', expires_in: limits.tokenLifetimeMs / 1000 });
    const robot = new Client(cloud.url, access_token);
    const { catalog } = (await robot.get('/v3/auth/catalog')).body;
    assert.ok(catalog.length > 0);
    // As a credential's token it makes no others.
    const body = { application_credential: { name: 'more' } };
    const path = `/v3/users/${cloud.demo.userId}/application_credentials`;
    assert.equal((await robot.post(path, body)).status, 403);
    const bearer = { authorization: `Bearer ${access_token}` };
    assert.equal((await cloud.nobody.get('/v3/auth/catalog', bearer)).status, 200);
  }
  assert.equal(
    (await cloud.nobody.get('/v3/auth/catalog', { authorization: 'Bearer none' })).status,
    401,
  );
});

test('everything else is refused in the words of OAuth 2.0', async () => {
  await using cloud = await startIdentity();
  const { id, secret } = await credentialOf(cloud.demo);
  const refusals: [Record<string, string>, [string, string] | undefined, number, string][] = [
    [{}, [id, secret], 400, 'invalid_request'],
    [{ grant_type: 'password' }, [id, secret], 400, 'unsupported_grant_type'],
    [grant, undefined, 401, 'invalid_client'],
    [grant, [id, 'wrong'], 401, 'invalid_client'],
    [grant, ['nobody', secret], 401, 'invalid_client'],
    [grant, ['a\0b', secret], 401, 'invalid_client'],
    [{ ...grant, client_id: id }, undefined, 401, 'invalid_client'],
  ];
  for (const [form, client, status, error] of refusals) {
    const answer = await ask(cloud, form, client);
    assert.deepEqual([answer.status, answer.body.error], [status, error]);
    assert.equal(typeof answer.body.error_description, 'string');
    assert.equal(answer.headers.has('www-authenticate'), status === 401);
  }
  const json = await cloud.nobody.post('/v3/OS-OAUTH2/token', grant);
  assert.equal(json.status, 415);
  const long = await ask(cloud, { ...grant, client_secret: 'x'.repeat(20_000) });
  assert.equal(long.status, 413);
  assert.equal((await cloud.nobody.get('/v3/OS-OAUTH2/token')).status, 405);
});
