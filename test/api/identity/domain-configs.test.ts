import assert from 'node:assert/strict';
import { test } from 'node:test';
import { made, startIdentity } from './identity-cloud.ts';

const url = 'ldap://ldap.example';
const config = {
  identity: { driver: 'ldap', list_limit: 50 },
  ldap: { url, user_tree_dn: 'ou=Users', password: 'the password of the directory' },
};
const { password: _, ...ldapShown } = config.ldap;

async function newDomain(cloud: Awaited<ReturnType<typeof startIdentity>>): Promise<string> {
  return `/v3/domains/${await made(cloud.admin, 'domains', { name: 'with-config' })}/config`;
}

test('a configuration is kept and shown in whole and in parts, but for its secrets', async () => {
  await using cloud = await startIdentity();
  const path = await newDomain(cloud);
  assert.equal((await cloud.admin.get(path)).status, 404);
  const created = await cloud.admin.put(path, { config });
  assert.equal(created.status, 201);
  assert.deepEqual(created.body, { config: { identity: config.identity, ldap: ldapShown } });
  assert.deepEqual((await cloud.admin.get(path)).body, created.body);
  assert.deepEqual((await cloud.admin.get(`${path}/ldap`)).body, { config: { ldap: ldapShown } });
  assert.deepEqual((await cloud.admin.get(`${path}/ldap/url`)).body, { config: { url } });
  assert.equal((await cloud.admin.get(`${path}/ldap/password`)).status, 404);
  assert.equal((await cloud.admin.request('HEAD', `${path}/identity/driver`)).status, 200);
  const again = await cloud.admin.put(path, { config: { identity: { driver: 'sql' } } });
  assert.deepEqual([again.status, again.body], [200, { config: { identity: { driver: 'sql' } } }]);
  const gone = { config: { ldap: { password: 'again' } } };
  assert.equal((await cloud.admin.patch(`${path}/ldap`, gone)).status, 404);
});

test('what is at rest of a secret can not be read', async () => {
  await using cloud = await startIdentity();
  await cloud.admin.put(await newDomain(cloud), { config });
  const { queries } = cloud.identity.context.database;
  const rows = await queries.selectFrom('domain_config_secrets').selectAll().execute();
  assert.deepEqual(
    rows.map((row) => row.option_name),
    ['password'],
  );
  const options = await queries.selectFrom('domain_config_options').selectAll().execute();
  assert.doesNotMatch(JSON.stringify([rows, options]), /the password/);
});

test('a change names what it changes; parts that are not there are not made by it', async () => {
  await using cloud = await startIdentity();
  const path = await newDomain(cloud);
  const status = async (part: string, changed: object) =>
    (await cloud.admin.patch(path + part, { config: changed })).status;
  assert.equal(await status('/ldap', { ldap: { url } }), 404);
  await cloud.admin.put(path, { config });
  const changed = await cloud.admin.patch(`${path}/identity/driver`, { config: { driver: 'sql' } });
  assert.deepEqual(changed.body.config.identity, { driver: 'sql', list_limit: 50 });
  assert.equal(await status('/ldap/password', { password: 'another' }), 200);
  assert.equal(await status('', { ldap: { page_size: 5 } }), 200);
  assert.equal(await status('/ldap', { identity: { driver: 'sql' } }), 403);
  assert.equal(await status('/ldap/url', { suffix: 'x' }), 403);
  assert.equal(await status('/ldap/suffix', { suffix: 'x' }), 404);
  assert.equal((await cloud.admin.delete(`${path}/ldap/password`)).status, 204);
  assert.equal((await cloud.admin.delete(`${path}/ldap/password`)).status, 404);
  assert.equal((await cloud.admin.delete(`${path}/ldap`)).status, 204);
  assert.equal((await cloud.admin.get(`${path}/ldap`)).status, 404);
  assert.equal((await cloud.admin.delete(path)).status, 204);
  assert.equal((await cloud.admin.get(path)).status, 404);
});

test('groups and options that there are not are refused', async () => {
  await using cloud = await startIdentity();
  const path = await newDomain(cloud);
  for (const wrong of [
    {},
    { token: { expiration: 1 } },
    { ldap: { colour: 'red' } },
    { ldap: {} },
    { ldap: 7 },
    { ldap: { url: 'x'.repeat(5000) } },
  ]) {
    assert.equal((await cloud.admin.put(path, { config: wrong })).status, 403);
  }
  assert.equal((await cloud.admin.put(path, { config: [] })).status, 400);
  assert.equal((await cloud.admin.get(`${path}/__proto__`)).status, 403);
  assert.equal((await cloud.admin.get(`${path}/ldap/constructor`)).status, 403);
  assert.equal((await cloud.admin.get('/v3/domains/none/config')).status, 404);
  assert.equal((await cloud.demo.get(path)).status, 403);
});

test('defaults are told, and what is asked of passwords to anybody', async () => {
  await using cloud = await startIdentity({ passwordPattern: /^.{9,}$/u });
  const defaults = '/v3/domains/config';
  const whole = (await cloud.admin.get(`${defaults}/default`)).body.config;
  assert.deepEqual(Object.keys(whole), ['identity', 'ldap']);
  assert.equal(whole.ldap.password, undefined);
  const one = await cloud.admin.get(`${defaults}/ldap/url/default`);
  assert.deepEqual(one.body, { config: { url: 'ldap://localhost' } });
  const group = await cloud.admin.get(`${defaults}/identity/default`);
  assert.equal(group.body.config.identity.driver, 'sql');
  assert.equal((await cloud.admin.get(`${defaults}/ldap/password/default`)).status, 403);
  const path = '/v3/domains/default/config/security_compliance';
  const shown = (await cloud.demo.get(path)).body.config.security_compliance;
  assert.deepEqual(shown, { password_regex: '^.{9,}$', password_regex_description: null });
  const regex = await cloud.demo.get(`${path}/password_regex`);
  assert.deepEqual(regex.body, { config: { password_regex: '^.{9,}$' } });
  assert.equal((await cloud.demo.get(`${path}/lockout_duration`)).status, 403);
});
