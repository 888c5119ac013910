import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Client, logIn } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';

describe('who manages users does not come in as one who may do more', () => {
  let cloud: TestCloud;
  let manager: Client;
  let administratorId = '';
  let plainId = '';

  async function makeUser(name: string): Promise<string> {
    const user = { name, password: 'a long password' };
    return (await cloud.admin.post('/v3/users', { user })).body.user.id;
  }

  async function give(userId: string, roleName: string): Promise<void> {
    const { id } = (await cloud.admin.get(`/v3/roles?name=${roleName}`)).body.roles[0];
    const path = `/v3/projects/${cloud.demo.projectId}/users/${userId}/roles/${id}`;
    assert.equal((await cloud.admin.put(path)).status, 204);
  }

  before(async () => {
    cloud = await startTestCloud();
    await give(await makeUser('manager'), 'secu_admin');
    manager = await logIn(cloud.url, 'manager', 'a long password', 'demo');
    plainId = await makeUser('plain');
    await give(plainId, 'member');
    administratorId = await makeUser('administrator');
    const group = (await cloud.admin.post('/v3/groups', { group: { name: 'operators' } })).body
      .group.id;
    const { id } = (await cloud.admin.get('/v3/roles?name=admin')).body.roles[0];
    await cloud.admin.put(`/v3/projects/${cloud.demo.projectId}/groups/${group}/roles/${id}`);
    await cloud.admin.put(`/v3/groups/${group}/users/${administratorId}`);
  });
  after(() => cloud[Symbol.asyncDispose]());

  const password = { user: { password: 'of the manager' } };
  const totp = (user_id: string) => ({ credential: { type: 'totp', blob: 'MFRGG', user_id } });
  const ways: Record<string, (userId: string) => Promise<{ status: number }>> = {
    'a new password': (id) => manager.patch(`/v3/users/${id}`, password),
    'a secret for codes': (id) => manager.post('/v3/credentials', totp(id)),
    'EC2 keys': (id) =>
      manager.post(`/v3/users/${id}/credentials/OS-EC2`, { tenant_id: cloud.demo.projectId }),
    deletion: (id) => manager.delete(`/v3/users/${id}`),
  };

  for (const [name, goes] of Object.entries(ways)) {
    test(`${name} is for users with less, and refused for administrators`, async () => {
      assert.equal((await goes(administratorId)).status, 403);
      const { status } = await goes(plainId);
      assert.ok(status >= 200 && status < 300, `${status}`);
    });
  }

  test('the administrator has the former password still', async () => {
    const login = await logIn(cloud.url, 'administrator', 'a long password', 'demo');
    assert.equal((await login.get('/v3/users')).status, 200);
  });
});
