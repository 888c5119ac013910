import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Client } from '#test/client.ts';
import { type IdentityCloud, made, startIdentity } from './identity-cloud.ts';

/** One domain with somebody and something in it. */
interface Place {
  domainId: string;
  projectId: string;
  groupId: string;
  userId: string;
}

describe('a role on a domain is about that domain', () => {
  let cloud: IdentityCloud;
  let own: Place;
  let other: Place;
  let roles: Record<string, string>;
  const clients: Record<string, Client> = {};

  before(async () => {
    cloud = await startIdentity();
    const listed = (await cloud.admin.get('/v3/roles')).body.roles as {
      name: string;
      id: string;
    }[];
    roles = Object.fromEntries(listed.map(({ name, id }) => [name, id]));
    own = await place('own');
    other = await place('other');
    for (const role of ['reader', 'manager', 'admin']) clients[role] = await holder(role);
  });
  after(() => cloud[Symbol.asyncDispose]());

  async function place(name: string): Promise<Place> {
    const { admin } = cloud;
    const domainId = await made(admin, 'domains', { name });
    const inDomain = { name: `${name}-one`, domain_id: domainId };
    return {
      domainId,
      projectId: await made(admin, 'projects', inDomain),
      groupId: await made(admin, 'groups', inDomain),
      userId: await made(admin, 'users', inDomain),
    };
  }

  async function holder(role: string): Promise<Client> {
    const password = 'a long password';
    const user = { name: `the ${role}`, domain_id: own.domainId, password };
    const userId = await made(cloud.admin, 'users', user);
    const grant = `/v3/domains/${own.domainId}/users/${userId}/roles/${roles[role]}`;
    assert.equal((await cloud.admin.put(grant)).status, 204);
    const identity = { methods: ['password'], password: { user: { id: userId, password } } };
    const scope = { domain: { id: own.domainId } };
    const answer = await cloud.nobody.post('/v3/auth/tokens', { auth: { identity, scope } });
    const token = answer.headers.get('x-subject-token') ?? '';
    return new Client(cloud.url, token, undefined, userId).checkedBy(cloud.admin.check);
  }

  function as(role: string): Client {
    const client = clients[role];
    assert.ok(client);
    return client;
  }

  /** Of everything that is in a domain: where one is found. */
  const paths = ({ projectId, groupId, userId }: Place) => [
    `/v3/users/${userId}`,
    `/v3/users/${userId}/groups`,
    `/v3/groups/${groupId}`,
    `/v3/groups/${groupId}/users`,
    `/v3/projects/${projectId}`,
    `/v3/projects/${projectId}/tags`,
    `/v3/projects/${projectId}/users/${userId}/roles`,
  ];

  for (const role of ['reader', 'manager', 'admin']) {
    test(`a ${role} sees what is in the domain, and of others nothing`, async () => {
      for (const path of paths(own)) assert.equal((await as(role).get(path)).status, 200, path);
      const rules = `/v3/domains/${other.domainId}/config/security_compliance`;
      for (const path of [...paths(other), rules]) {
        assert.equal((await as(role).get(path)).status, 404, path);
      }
    });

    test(`lists of a ${role} are of the domain, whatever is asked`, async () => {
      for (const plural of ['users', 'groups', 'projects']) {
        const all = (await as(role).get(`/v3/${plural}`)).body[plural];
        assert.ok(all.length > 0);
        for (const one of all) assert.equal(one.domain_id, own.domainId);
        const foreign = await as(role).get(`/v3/${plural}?domain_id=${other.domainId}`);
        assert.deepEqual(foreign.body[plural], []);
      }
      const { role_assignments: given } = (await as(role).get('/v3/role_assignments')).body;
      assert.ok(given.length > 0);
      for (const { scope } of given) assert.equal(scope.domain?.id, own.domainId);
    });
  }

  test('who only looks changes nothing', async () => {
    const user = { user: { name: 'new' } };
    assert.equal((await as('reader').post('/v3/users', user)).status, 403);
    assert.equal((await as('reader').delete(`/v3/groups/${own.groupId}`)).status, 403);
    assert.equal((await as('reader').get('/v3/roles')).status, 403);
  });

  test('a manager makes users, groups and projects there, and nowhere else', async () => {
    for (const plural of ['users', 'groups', 'projects']) {
      const singular = plural.slice(0, -1);
      const here = { [singular]: { name: `made-${plural}` } };
      const answer = await as('manager').post(`/v3/${plural}`, here);
      assert.equal(answer.status, 201);
      assert.equal(answer.body[singular].domain_id, own.domainId);
      const elsewhere = { [singular]: { name: 'no', domain_id: other.domainId } };
      const absent = { [singular]: { name: 'no', domain_id: 'f'.repeat(32) } };
      for (const body of [elsewhere, absent]) {
        assert.equal((await as('manager').post(`/v3/${plural}`, body)).status, 404, plural);
      }
      const { id } = answer.body[singular];
      const change = { [singular]: { name: `changed-${plural}` } };
      assert.equal((await as('manager').patch(`/v3/${plural}/${id}`, change)).status, 200);
      assert.equal((await as('manager').delete(`/v3/${plural}/${id}`)).status, 204);
    }
    const child = { project: { name: 'child', parent_id: other.projectId } };
    assert.equal((await as('manager').post('/v3/projects', child)).status, 404);
  });

  test('a manager changes nothing and nobody of another domain', async () => {
    const { manager = cloud.nobody } = clients;
    const { userId, groupId, projectId, domainId } = other;
    const name = 'taken over';
    const grant = `users/${own.userId}/roles/${roles.member}`;
    const answers = await Promise.all([
      manager.patch(`/v3/users/${userId}`, { user: { password: 'of the manager' } }),
      manager.delete(`/v3/users/${userId}`),
      manager.patch(`/v3/groups/${groupId}`, { group: { name } }),
      manager.put(`/v3/groups/${groupId}/users/${own.userId}`),
      manager.put(`/v3/groups/${own.groupId}/users/${userId}`),
      manager.patch(`/v3/projects/${projectId}`, { project: { name } }),
      manager.put(`/v3/projects/${projectId}/tags/mine`),
      manager.put(`/v3/projects/${projectId}/${grant}`),
      manager.put(`/v3/domains/${domainId}/${grant}`),
      manager.put(`/v3/projects/${own.projectId}/users/${userId}/roles/${roles.member}`),
    ]);
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [404]);
  });

  test('a manager gives and takes manager, member and reader, and no other role', async () => {
    const at = (role: string) =>
      `/v3/projects/${own.projectId}/users/${own.userId}/roles/${roles[role]}`;
    for (const role of ['manager', 'member', 'reader']) {
      assert.equal((await as('manager').put(at(role))).status, 204, role);
      assert.equal((await as('manager').delete(at(role))).status, 204, role);
    }
    for (const role of ['admin', 'secu_admin', 'ECS FullAccess']) {
      assert.equal((await as('manager').put(at(role))).status, 403, role);
      assert.equal((await cloud.admin.put(at(role))).status, 204, role);
      assert.equal((await as('manager').delete(at(role))).status, 403, role);
      assert.equal((await cloud.admin.delete(at(role))).status, 204, role);
    }
  });

  test('a manager is shown manager, member and reader, and of other roles the names', async () => {
    const manager = as('manager');
    for (const role of ['manager', 'member', 'reader']) {
      assert.equal((await manager.get(`/v3/roles/${roles[role]}`)).status, 200, role);
    }
    for (const role of ['admin', 'secu_admin', 'ECS FullAccess']) {
      assert.equal((await manager.get(`/v3/roles/${roles[role]}`)).status, 403, role);
      assert.equal((await as('admin').get(`/v3/roles/${roles[role]}`)).status, 200, role);
    }
    const listed = (await manager.get('/v3/roles')).body.roles as { name: string }[];
    assert.deepEqual(listed.map(({ name }) => name).sort(), Object.keys(roles).sort());
    const ofDomain = `/v3/roles?domain_id=${own.domainId}`;
    const implying = `/v3/roles/${roles.manager}/implies`;
    for (const path of [ofDomain, implying, '/v3/role_inferences']) {
      assert.equal((await manager.get(path)).status, 403, path);
      assert.equal((await as('admin').get(path)).status, 200, path);
    }
    assert.equal((await manager.get('/v3/roles/never-made')).status, 404);
  });

  test('a manager has no hand on the password of who may do more there', async () => {
    const password = { user: { password: 'of the manager' } };
    const administrator = as('admin').userId;
    assert.equal((await as('manager').patch(`/v3/users/${administrator}`, password)).status, 403);
    assert.equal((await as('manager').delete(`/v3/users/${administrator}`)).status, 403);
  });

  test('an administrator of a domain makes no administrator of the cloud', async () => {
    const { admin = cloud.nobody } = clients;
    const onDomain = `/v3/domains/${own.domainId}/users/${own.userId}/roles/${roles.admin}`;
    const onProject = `/v3/projects/${own.projectId}/users/${own.userId}/roles/${roles.admin}`;
    const inherited = `/v3/OS-INHERIT${onDomain.slice(3)}/inherited_to_projects`;
    assert.equal((await admin.put(onProject)).status, 403);
    assert.equal((await admin.put(inherited)).status, 403);
    assert.equal((await admin.put(onDomain)).status, 204);
    assert.equal((await admin.post('/v3/domains', { domain: { name: 'another' } })).status, 403);
    assert.equal((await admin.post('/v3/roles', { role: { name: 'for all' } })).status, 403);
    const ownRole = { role: { name: 'for us', domain_id: own.domainId } };
    assert.equal((await admin.post('/v3/roles', ownRole)).status, 201);
  });

  test('who manages the users of an account sees those of no other', async () => {
    const security = await cloud.userWith('secu_admin', 'security');
    for (const path of paths(other)) assert.equal((await security.get(path)).status, 404, path);
    const { users } = (await security.get('/v3/users')).body;
    for (const one of users) assert.equal(one.domain_id, 'default');
    const credential = { type: 'totp', blob: 'MFRGG', user_id: other.userId };
    assert.equal((await security.post('/v3/credentials', { credential })).status, 404);
  });

  test('a reader on the system looks at all of identity and changes nothing', async () => {
    const reader = await cloud.userWith('member', 'looks at all');
    await cloud.admin.put(`/v3/system/users/${reader.userId}/roles/${roles.reader}`);
    const identity = { methods: ['token'], token: { id: reader.token } };
    const auth = { identity, scope: { system: { all: true } } };
    const answer = await cloud.nobody.post('/v3/auth/tokens', { auth });
    const token = answer.headers.get('x-subject-token') ?? '';
    const looking = new Client(cloud.url, token).checkedBy(cloud.admin.check);
    for (const path of [...paths(own), ...paths(other), '/v3/domains', '/v3/roles']) {
      assert.equal((await looking.get(path)).status, 200, path);
    }
    assert.equal((await looking.delete(`/v3/users/${own.userId}`)).status, 403);
  });
});
