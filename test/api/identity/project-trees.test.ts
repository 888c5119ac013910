import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IdentityCloud, made, rescoped, startIdentity } from './identity-cloud.ts';

async function chain(cloud: IdentityCloud, length: number): Promise<string[]> {
  const ids: string[] = [];
  for (let level = 1; level <= length; level += 1) {
    const parent = ids.at(-1);
    const below = parent === undefined ? {} : { parent_id: parent };
    ids.push(await made(cloud.admin, 'projects', { name: `level${level}`, ...below }));
  }
  return ids;
}

async function giveRole(cloud: IdentityCloud, place: string, name = 'member'): Promise<string> {
  const role = (await cloud.admin.get(`/v3/roles?name=${name}`)).body.roles[0].id;
  const path = `/v3/${place}/users/${cloud.demo.userId}/roles/${role}`;
  const inherited = `/v3/OS-INHERIT/${place}/users/${cloud.demo.userId}/roles/${role}`;
  assert.equal((await cloud.admin.put(path)).status, 204);
  return `${inherited}/inherited_to_projects`;
}

test('what stands above and below a project is shown as ids', async () => {
  await using cloud = await startIdentity();
  const [one = '', two = '', three = ''] = await chain(cloud, 3);
  const side = await made(cloud.admin, 'projects', { name: 'side', parent_id: one });
  const query = '?parents_as_ids&subtree_as_ids';
  const { project } = (await cloud.admin.get(`/v3/projects/${two}${query}`)).body;
  assert.deepEqual(project.parents, { [one]: { default: null } });
  assert.deepEqual(project.subtree, { [three]: null });
  const top = (await cloud.admin.get(`/v3/projects/${one}?subtree_as_ids`)).body.project;
  assert.deepEqual(top.subtree, { [two]: { [three]: null }, [side]: null });
  assert.equal(top.parents, undefined);
  const both = `/v3/projects/${two}?parents_as_ids&parents_as_list`;
  assert.equal((await cloud.admin.get(both)).status, 400);
});

test('as lists they hold only the projects in which one has a role', async () => {
  await using cloud = await startIdentity();
  const [one = '', two = '', three = ''] = await chain(cloud, 3);
  const shown = async () => {
    const query = '?parents_as_list&subtree_as_list';
    const { project } = (await cloud.admin.get(`/v3/projects/${two}${query}`)).body;
    const ids = (list: { project: { id: string } }[]) => list.map((one) => one.project.id);
    return [ids(project.parents), ids(project.subtree)];
  };
  assert.deepEqual(await shown(), [['default'], []]);
  const role = (await cloud.admin.get('/v3/roles?name=reader')).body.roles[0].id;
  const { userId } = cloud.admin;
  const grant = `domains/default/users/${userId}/roles/${role}/inherited_to_projects`;
  await cloud.admin.put(`/v3/OS-INHERIT/${grant}`);
  assert.deepEqual(await shown(), [[one, 'default'], [three]]);
});

test('a tree has five levels below its domain and no sixth', async () => {
  await using cloud = await startIdentity();
  const ids = await chain(cloud, 5);
  const parent = ids.at(-1);
  const refused = await cloud.admin.post('/v3/projects', {
    project: { name: 'level6', parent_id: parent },
  });
  assert.equal(refused.status, 403);
  assert.equal(refused.body.error.message, `Max hierarchy depth reached for ${parent} branch.`);
});

test('an inherited role opens the projects below at once, and closes them at once', async () => {
  await using cloud = await startIdentity();
  const [one = '', , three = ''] = await chain(cloud, 3);
  assert.equal(await rescoped(cloud.demo, { project: { id: three } }), undefined);
  const inherited = await giveRole(cloud, `projects/${one}`);
  assert.equal(await rescoped(cloud.demo, { project: { id: three } }), undefined);
  assert.equal((await cloud.admin.put(inherited)).status, 204);
  const below = await rescoped(cloud.demo, { project: { id: three } });
  assert.ok(below);
  assert.equal((await below.get(`/v3/projects/${three}`)).status, 200);
  assert.equal((await cloud.admin.delete(inherited)).status, 204);
  assert.equal((await below.get(`/v3/projects/${three}`)).status, 401);
});

test('a project that is a domain is changed and deleted as either', async () => {
  await using cloud = await startIdentity();
  const id = await made(cloud.admin, 'projects', { name: 'own', is_domain: true });
  const path = `/v3/projects/${id}`;
  assert.equal((await cloud.admin.delete(path)).status, 403);
  const change = { project: { enabled: false, description: 'closed' } };
  assert.equal((await cloud.admin.patch(path, change)).body.project.is_domain, true);
  const { domain } = (await cloud.admin.get(`/v3/domains/${id}`)).body;
  assert.deepEqual([domain.enabled, domain.description], [false, 'closed']);
  assert.equal((await cloud.admin.delete(path)).status, 204);
  assert.equal((await cloud.admin.delete('/v3/projects/default')).status, 403);
});
