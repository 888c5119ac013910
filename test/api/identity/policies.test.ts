import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Client, logIn } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

const path = '/v3.0/OS-ROLE/roles';

function policyBody(name: string, ...statements: object[]) {
  const policy = { Version: '1.1', Statement: statements };
  return { role: { display_name: name, type: 'XA', description: 'd', policy } };
}

const allow = (...Action: string[]) => ({ Effect: 'Allow', Action });
const deny = (...Action: string[]) => ({ Effect: 'Deny', Action });

describe('policies that an account writes', () => {
  let cloud: TestCloud;
  let users = 0;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud[Symbol.asyncDispose]());

  async function write(name: string, ...statements: object[]): Promise<string> {
    const answer = await cloud.admin.post(path, policyBody(name, ...statements));
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body.role.id;
  }

  const grantPath = (userId: string, roleId: string) =>
    `/v3/projects/${cloud.demo.projectId}/users/${userId}/roles/${roleId}`;

  async function idOf(role: string): Promise<string> {
    const found = await cloud.admin.get(`/v3/roles?name=${encodeURIComponent(role)}`);
    return found.body.roles[0].id;
  }

  /** A new user who has these roles on the project `demo`, and nothing else. */
  async function holderOf(...roleIds: string[]): Promise<Client> {
    users += 1;
    const user = { name: `holder-${users}`, password: 'a long password' };
    const { id } = (await cloud.admin.post('/v3/users', { user })).body.user;
    for (const roleId of roleIds) {
      assert.equal((await cloud.admin.put(grantPath(id, roleId))).status, 204);
    }
    return logIn(cloud.url, user.name, user.password, 'demo');
  }

  test('a person may be given the right to restart servers and nothing else', async () => {
    const server = await makeServer(cloud);
    const id = await write('restarts', allow('ecs:servers:reboot', 'ecs:servers:get'));
    const holder = await holderOf(id);
    const act = (body: object) => holder.post(`/v2.1/servers/${server}/action`, body);
    assert.equal((await act({ reboot: { type: 'HARD' } })).status, 202);
    assert.equal((await holder.get(`/v2.1/servers/${server}`)).status, 200);
    const stopped = await act({ 'os-stop': null });
    assert.equal(stopped.status, 403);
    const message = "Policy doesn't allow ecs:servers:stop to be performed.";
    assert.deepEqual(stopped.body.forbidden, { code: 403, message });
    assert.equal((await holder.get('/v2.1/servers')).status, 403);
    assert.equal((await holder.get('/network/v2.0/networks')).status, 403);
    assert.equal((await holder.get('/v3/users')).status, 403);
    const query = `effective&user.id=${holder.userId}`;
    const { role_assignments: listed } = (await cloud.admin.get(`/v3/role_assignments?${query}`))
      .body;
    assert.deepEqual(
      listed.map((assignment: { role: { id: string } }) => assignment.role.id),
      [id],
    );
  });

  test('each change of a policy, and its end, counts at once', async () => {
    const id = await write('flavors', allow('ecs:flavors:list'));
    const holder = await holderOf(id);
    assert.equal((await holder.get('/v2.1/flavors')).status, 200);
    const shown = (await cloud.admin.get(`${path}/${id}`)).body.role;
    assert.match(shown.name, /^custom_default_\d+$/);
    assert.equal(shown.catalog, 'CUSTOMED');
    assert.equal(shown.references, 1);
    assert.match(shown.created_time, /^\d{13}$/);
    const listed = (await cloud.admin.get(`${path}?page=1&per_page=300`)).body;
    assert.ok(listed.roles.some((role: { id: string }) => role.id === id));
    assert.equal(listed.total_number, listed.roles.length);
    const keystone = (await cloud.admin.get('/v3/roles?domain_id=default')).body.roles;
    const found = keystone.find((role: { id: string }) => role.id === id);
    assert.deepEqual(found.policy, shown.policy);
    const anew = policyBody('flavors', allow('ecs:servers:list'));
    const changed = await cloud.admin.patch(`${path}/${id}`, anew);
    assert.equal(changed.status, 200);
    assert.equal((await holder.get('/v2.1/flavors')).status, 403);
    assert.equal((await holder.get('/v2.1/servers')).status, 200);
    assert.equal((await cloud.admin.delete(`${path}/${id}`)).status, 200);
    assert.equal((await holder.get('/v2.1/servers')).status, 401);
    const gone = await cloud.admin.get(`${path}/${id}`);
    assert.equal(gone.status, 404);
    assert.equal(gone.body.error_code, 'IAM.0004');
  });

  test('a Deny takes away what another role grants', async () => {
    const member = await idOf('member');
    const holder = await holderOf(member, await write('no lists', deny('ecs:servers:list')));
    assert.equal((await holder.get('/v2.1/servers')).status, 403);
    assert.equal((await holder.get('/v2.1/flavors')).status, 200);
  });

  test('a condition on the user lets that user and no other', async () => {
    const Condition = { StringEquals: { 'g:UserName': [`holder-${users + 1}`] } };
    const id = await write('conditional', { ...allow('ecs:servers:list'), Condition });
    const [one, other] = [await holderOf(id), await holderOf(id)];
    assert.equal((await one.get('/v2.1/servers')).status, 200);
    assert.equal((await other.get('/v2.1/servers')).status, 403);
  });

  test('the system-defined policies are granted like any role', async () => {
    const reader = await holderOf(await idOf('ECS ReadOnlyAccess'));
    assert.equal((await reader.get('/v2.1/servers')).status, 200);
    assert.equal((await reader.post('/v2.1/servers', { server: {} })).status, 403);
    const full = await holderOf(await idOf('ECS FullAccess'));
    assert.equal((await full.post('/v2.1/servers', { server: {} })).status, 400);
    assert.equal((await full.get('/v2.1/os-hypervisors')).status, 403);
  });

  test('mistakes are answered with the codes of IAM', async () => {
    const refused = await cloud.admin.post(path, policyBody('x', allow('vpc:ports:creare')));
    assert.equal(refused.status, 400);
    assert.equal(refused.body.error_code, 'IAM.1036');
    await write('twice', allow('ecs:servers:get'));
    const twice = await cloud.admin.post(path, policyBody('twice', allow('ecs:servers:get')));
    assert.equal(twice.status, 409);
    assert.equal((await cloud.admin.get(`${path}?page=1`)).body.error_code, 'IAM.0007');
    const { status, body } = await cloud.demo.post(path, policyBody('y', allow('ecs:servers:get')));
    assert.equal(status, 403);
    const error_msg = "Policy doesn't allow identity:roles:create to be performed.";
    assert.equal(body.error_code, 'IAM.0003');
    assert.equal(body.error_msg, error_msg);
    assert.deepEqual(body.error, { code: 403, message: error_msg, title: 'Forbidden' });
  });

  test('who writes policies and gives roles gets no further by it', async () => {
    const policy = policyBody('giving', allow('identity:roles:*', 'identity:roleAssignments:*'));
    policy.role.type = 'AX';
    const giving = (await cloud.admin.post(path, policy)).body.role.id;
    const holder = await holderOf(giving);
    const own = holder.userId ?? '';
    const admin = await holder.put(grantPath(own, await idOf('admin')));
    assert.equal(admin.status, 403);
    const operator = policyBody('climbing', allow('ecs:hypervisors:list'));
    assert.equal((await holder.post(path, operator)).status, 403);
    const users = policyBody('climbing', allow('identity:users:*'));
    users.role.type = 'AX';
    assert.equal((await holder.post(path, users)).status, 403);
    const security = await idOf('secu_admin');
    assert.equal((await holder.put(grantPath(own, security))).status, 403);
    const [reader, adminId] = [await idOf('reader'), await idOf('admin')];
    assert.equal((await holder.put(`/v3/roles/${reader}/implies/${adminId}`)).status, 403);
    assert.equal((await holder.put(grantPath(own, reader))).status, 204);
  });

  test("another domain's policy grants nothing here", async () => {
    const domain = { name: 'elsewhere' };
    const { id } = (await cloud.admin.post('/v3/domains', { domain })).body.domain;
    const foreign = (await cloud.admin.post('/v3/roles', { role: { name: 'x', domain_id: id } }))
      .body.role.id;
    const user = (await cloud.admin.post('/v3/users', { user: { name: 'lost' } })).body.user.id;
    assert.equal((await cloud.admin.put(grantPath(user, foreign))).status, 403);
  });
});
