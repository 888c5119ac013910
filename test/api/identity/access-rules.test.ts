import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { clientOf, credentialLogin, credentialOf, robotOf } from './delegations.ts';
import { startIdentity } from './identity-cloud.ts';

const listServers = { service: 'compute', method: 'GET', path: '/v2.1/servers' };
const listPorts = { service: 'network', method: 'GET', path: '/v2.0/ports' };
const showImages = { service: 'image', method: 'GET', path: '/v2/images/{image_id}' };

test('a token with access rules is refused whatever no rule says, by every service', async () => {
  await using cloud = await startTestCloud();
  const { id, secret } = await credentialOf(cloud.demo, {
    access_rules: [listServers, listPorts, showImages],
  });
  const login = await cloud.nobody.post('/v3/auth/tokens', credentialLogin({ id, secret }));
  const robot = clientOf(cloud, login);
  const status = async (method: string, path: string) =>
    (await robot.request(method, path, method === 'POST' ? {} : undefined)).status;
  const project = robot.projectId;
  assert.equal(await status('GET', '/v2.1/servers'), 200);
  assert.equal(await status('GET', `/v2.1/${project}/servers`), 200);
  assert.equal(await status('GET', '/v2.1/servers/detail'), 401);
  assert.equal(await status('GET', '/v2/servers'), 401);
  assert.equal(await status('POST', '/v2.1/servers'), 401);
  assert.equal(await status('GET', '/network/v2.0/ports'), 200);
  assert.equal(await status('GET', '/network/v2.0/networks'), 401);
  assert.equal(await status('GET', '/image/v2/images'), 401);
  assert.equal(await status('GET', '/image/v2/images/none'), 404);
  assert.equal(await status('GET', '/v3/auth/projects'), 401);
  assert.equal(await status('GET', `/v3/users/${robot.userId}`), 401);
  const subject = { 'x-subject-token': robot.token ?? '' };
  const shown = await robot.get('/v3/auth/tokens', subject);
  assert.equal(shown.status, 200);
  assert.equal(shown.body.token.application_credential.access_rules.length, 3);
});

test('a credential with an empty list of rules may do nothing', async () => {
  await using cloud = await startIdentity();
  const robot = await robotOf(cloud, await credentialOf(cloud.demo, { access_rules: [] }));
  assert.equal((await robot.get('/v3/auth/projects')).status, 401);
});

test('rules belong to the user: shared, shown, and kept while a credential uses them', async () => {
  await using cloud = await startIdentity();
  const first = await credentialOf(cloud.demo, { access_rules: [listServers] });
  await credentialOf(cloud.demo, { name: 'two', access_rules: [listServers, listPorts] });
  const path = `/v3/users/${cloud.demo.userId}/access_rules`;
  const { access_rules: rules } = (await cloud.demo.get(path)).body;
  assert.deepEqual(
    rules.map((rule: { service: string }) => rule.service),
    ['compute', 'network'],
  );
  const [{ id }] = rules;
  const shown = (await cloud.demo.get(`${path}/${id}`)).body.access_rule;
  assert.deepEqual({ ...shown, links: undefined }, { id, ...listServers, links: undefined });
  await credentialOf(cloud.demo, { name: 'three', access_rules: [{ id }] });
  const stranger = await cloud.userWith('member', 'sam');
  assert.equal((await stranger.get(`${path}/${id}`)).status, 404);
  assert.equal((await cloud.demo.delete(`${path}/${id}`)).status, 403);
  const list = `/v3/users/${cloud.demo.userId}/application_credentials`;
  const { application_credentials: all } = (await cloud.demo.get(list)).body;
  for (const { id } of all) await cloud.demo.delete(`${list}/${id}`);
  assert.ok(all.some((one: { id: string }) => one.id === first.id));
  assert.equal((await cloud.demo.delete(`${path}/${id}`)).status, 204);
  assert.equal((await cloud.demo.get(`${path}/${id}`)).status, 404);
});
