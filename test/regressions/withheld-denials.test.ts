import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Client, logIn } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer, statusOf } from '#test/servers.ts';

describe('what a policy denies is denied also to what its holder delegates', () => {
  let cloud: TestCloud;
  let holder: Client;
  let serverId = '';

  before(async () => {
    cloud = await startTestCloud();
    serverId = await makeServer(cloud);
    const { admin, demo } = cloud;
    const Statement = [{ Effect: 'Deny', Action: ['ecs:servers:delete'] }];
    const policy = { Version: '1.1', Statement };
    const role = { display_name: 'never deletes', type: 'XA', description: '', policy };
    const denying = (await admin.post('/v3.0/OS-ROLE/roles', { role })).body.role.id;
    const member = (await admin.get('/v3/roles?name=member')).body.roles[0].id;
    const user = { name: 'careful', password: 'a long password' };
    const { id } = (await admin.post('/v3/users', { user })).body.user;
    for (const one of [denying, member]) {
      const { status } = await admin.put(`/v3/projects/${demo.projectId}/users/${id}/roles/${one}`);
      assert.equal(status, 204);
    }
    holder = await logIn(cloud.url, user.name, user.password, 'demo');
  });
  after(() => cloud[Symbol.asyncDispose]());

  async function checkDenied(client: Client): Promise<void> {
    assert.equal((await client.get(`/v2.1/servers/${serverId}`)).status, 200);
    const { status, body } = await client.delete(`/v2.1/servers/${serverId}`);
    assert.equal(status, 403);
    assert.match(body.forbidden.message, /ecs:servers:delete/);
    assert.equal(await statusOf(cloud.demo, serverId), 'ACTIVE');
  }

  test('to the holder, whose other role would allow it', () => checkDenied(holder));

  test('to an application credential that leaves the denying role out', async () => {
    const path = `/v3/users/${holder.userId}/application_credentials`;
    const wanted = { name: 'robot', roles: [{ name: 'member' }] };
    const made = await holder.post(path, { application_credential: wanted });
    assert.equal(made.status, 201);
    const { id, secret } = made.body.application_credential;
    const proof = { methods: ['application_credential'], application_credential: { id, secret } };
    const answer = await cloud.nobody.post('/v3/auth/tokens', { auth: { identity: proof } });
    assert.equal(answer.status, 201);
    const names = answer.body.token.roles.map(({ name }: { name: string }) => name).sort();
    assert.deepEqual(names, ['member', 'reader']);
    const token = answer.headers.get('x-subject-token') ?? '';
    await checkDenied(new Client(cloud.url, token, cloud.demo.projectId, holder.userId));
  });

  test('to the trustee of a trust that leaves the denying role out', async () => {
    const trust = {
      impersonation: false,
      trustor_user_id: holder.userId,
      trustee_user_id: cloud.demo.userId,
      project_id: cloud.demo.projectId,
      roles: [{ name: 'member' }],
    };
    const { id } = (await holder.post('/v3/OS-TRUST/trusts', { trust })).body.trust;
    const identity = { methods: ['token'], token: { id: cloud.demo.token } };
    const scope = { 'OS-TRUST:trust': { id } };
    const answer = await cloud.nobody.post('/v3/auth/tokens', { auth: { identity, scope } });
    const token = answer.headers.get('x-subject-token') ?? '';
    await checkDenied(new Client(cloud.url, token, cloud.demo.projectId, cloud.demo.userId));
  });
});
