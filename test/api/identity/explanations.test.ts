import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { logIn } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';

const policy = (name: string, ...Statement: object[]) => ({
  role: {
    display_name: name,
    type: 'XA',
    description: 'd',
    policy: { Version: '1.1', Statement },
  },
});

describe('explanations and enterprise projects', () => {
  let cloud: TestCloud;
  let userId: string;
  let groupId: string;
  let policyId: string;

  before(async () => {
    cloud = await startTestCloud();
    const { admin } = cloud;
    const user = { name: 'asked', password: 'a long password' };
    userId = (await admin.post('/v3/users', { user })).body.user.id;
    groupId = (await admin.post('/v3/groups', { group: { name: 'askers' } })).body.group.id;
    await admin.put(`/v3/groups/${groupId}/users/${userId}`);
    const statements = [
      { Effect: 'Allow', Action: ['ecs:servers:get'] },
      { Effect: 'Allow', Action: ['ecs:servers:*', 'ecs:cloudServers:*'] },
      { Effect: 'Deny', Action: ['ecs:servers:stop'] },
    ];
    const written = await admin.post('/v3.0/OS-ROLE/roles', policy('most', ...statements));
    policyId = written.body.role.id;
  });
  after(() => cloud[Symbol.asyncDispose]());

  const grantPath = () =>
    `/v3/projects/${cloud.demo.projectId}/groups/${groupId}/roles/${policyId}`;
  const onEnterprise = (kind: string, id: string, roleId: string) =>
    `/v3.0/OS-PERMISSION/enterprise-projects/0/${kind}/${id}/roles/${roleId}`;

  async function explained(method: string, path: string, action?: string) {
    const asked = { user_id: userId, scope_id: cloud.demo.projectId ?? '', method, path };
    const query = new URLSearchParams({ ...asked, ...(action && { action }) });
    const answer = await cloud.admin.get(`/v3.0/OS-PERMISSION/explanation?${query}`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.explanation;
  }

  test('who has no role there is told so', async () => {
    const told = await explained('GET', '/v2.1/servers/detail');
    assert.equal(told.is_allowed, false);
    assert.match(told.without_token, /no role/);
    assert.deepEqual(told.actions, [
      { action: 'ecs:servers:list', is_allowed: false, decided_by: null },
    ]);
  });

  test('an explanation names statement, policy and grant, and is what happens', async () => {
    assert.equal((await cloud.admin.put(grantPath())).status, 204);
    const path = '/v2.1/servers/3f3b1c5e-0000-4000-8000-000000000000/action';
    const told = await explained('POST', path, 'os-stop');
    assert.equal(told.is_allowed, false);
    assert.equal(told.without_token, null);
    const granted_by = [
      {
        group_id: groupId,
        target_id: cloud.demo.projectId,
        is_inherited: false,
        role_id: policyId,
      },
    ];
    const by = { policy_id: policyId, policy_name: 'most', granted_by };
    assert.deepEqual(told.actions, [
      {
        action: 'ecs:servers:stop',
        is_allowed: false,
        decided_by: { effect: 'Deny', statement: 2, ...by },
      },
      {
        action: 'ecs:servers:get',
        is_allowed: true,
        decided_by: { effect: 'Allow', statement: 0, ...by },
      },
    ]);
    const asked = await logIn(cloud.url, 'asked', 'a long password', 'demo');
    assert.equal((await asked.post(path, { 'os-stop': null })).status, 403);
    assert.equal((await explained('POST', path, 'os-start')).is_allowed, true);
    assert.equal((await asked.post(path, { 'os-start': null })).status, 404);
    const { decided_by } = (await explained('POST', path, 'os-start')).actions[0];
    assert.equal(decided_by.statement, 1);
  });

  test('what is no call is not found, and only administrators ask', async () => {
    const query = `user_id=${userId}&scope_id=${cloud.demo.projectId}&method=GET&path=/no/such`;
    const none = await cloud.admin.get(`/v3.0/OS-PERMISSION/explanation?${query}`);
    assert.equal(none.status, 404);
    assert.equal((await cloud.demo.get(`/v3.0/OS-PERMISSION/explanation?${query}`)).status, 403);
  });

  test('a grant on an enterprise project has no effect on native calls', async () => {
    await cloud.admin.delete(grantPath());
    const reader = (await cloud.admin.get('/v3/roles?name=reader')).body.roles[0].id;
    const place = `/v3/projects/${cloud.demo.projectId}/users/${userId}/roles/${reader}`;
    await cloud.admin.put(place);
    assert.equal((await cloud.admin.put(onEnterprise('groups', groupId, policyId))).status, 204);
    assert.equal((await cloud.admin.put(onEnterprise('users', userId, policyId))).status, 204);
    const asked = await logIn(cloud.url, 'asked', 'a long password', 'demo');
    const path = '/v2.1/servers/3f3b1c5e-0000-4000-8000-000000000000/action';
    assert.equal((await asked.post(path, { 'os-start': null })).status, 403);
    assert.equal((await asked.get('/v2.1/servers')).status, 200);
    const listed = await cloud.admin.get(
      '/v3.0/OS-PERMISSION/role-assignments?domain_id=default&scope=enterprise_project',
    );
    assert.equal(listed.body.total_num, 2);
    const [one] = listed.body.role_assignments;
    assert.deepEqual(one.scope, { enterprise_project: { id: '0' } });
    assert.equal((await cloud.admin.delete(onEnterprise('users', userId, policyId))).status, 204);
    assert.equal((await cloud.admin.delete(onEnterprise('users', userId, policyId))).status, 404);
  });

  test('only policies of version 1.1 are granted on enterprise projects', async () => {
    const member = (await cloud.admin.get('/v3/roles?name=member')).body.roles[0].id;
    const refused = await cloud.admin.put(onEnterprise('groups', groupId, member));
    assert.equal(refused.status, 400);
    assert.equal(refused.body.error_code, 'IAM.0077');
  });
});
