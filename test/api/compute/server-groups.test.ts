import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud } from '#test/cloud.ts';

const path = '/v2.1/os-server-groups';
const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const named = (name: string, policy = 'anti-affinity') => ({
  server_group: { name, policies: [policy] },
});

async function makeGroup(client: Client, name: string): Promise<string> {
  const { status, body } = await client.post(path, named(name));
  assert.equal(status, 200, JSON.stringify(body));
  return body.server_group.id;
}

const namesOf = (body: { server_groups: { name: string }[] }) =>
  body.server_groups.map(({ name }) => name);

describe('a server group', () => {
  test('is made, shown, listed and deleted', async () => {
    await using cloud = await startTestCloud();
    const { demo } = cloud;
    const made = await demo.post(path, named('test'));
    assert.equal(made.status, 200);
    const { id } = made.body.server_group;
    const whole = { id, name: 'test', policies: ['anti-affinity'], members: [], metadata: {} };
    assert.deepEqual(made.body, { server_group: whole });
    assert.deepEqual((await demo.get(`${path}/${id}`)).body, { server_group: whole });
    assert.deepEqual((await demo.get(path)).body, { server_groups: [whole] });
    assert.equal((await demo.delete(`${path}/${id}`)).status, 204);
    assert.equal((await demo.get(`${path}/${id}`)).status, 404);
    const again = await demo.delete(`${path}/${id}`);
    assert.equal(again.status, 404);
    const sentence = `Instance group ${id} could not be found.`;
    assert.equal(again.body.itemNotFound.message, sentence);
  });

  test('names its project on /v2, as the reference has it', async () => {
    await using cloud = await startTestCloud();
    const { demo } = cloud;
    const made = await demo.post(`/v2/${demo.projectId}/os-server-groups`, named('test'));
    assert.equal(made.body.server_group.project_id, demo.projectId);
    const list = await demo.get(`/v2/${demo.projectId}/os-server-groups`);
    assert.equal(list.body.server_groups[0].project_id, demo.projectId);
    assert.equal(list.body.server_groups[0].user_id, undefined);
  });

  test('names its project and user since 2.13', async () => {
    await using cloud = await startTestCloud();
    const { demo } = cloud;
    const before = await demo.post(path, named('a'), at('2.12'));
    assert.equal('project_id' in before.body.server_group, false);
    const { body } = await demo.post(path, named('b'), at('2.13'));
    assert.equal(body.server_group.project_id, demo.projectId);
    assert.equal(body.server_group.user_id, demo.userId);
  });

  test('may have a soft policy since 2.15', async () => {
    await using cloud = await startTestCloud();
    for (const policy of ['soft-affinity', 'soft-anti-affinity']) {
      const body = named('soft', policy);
      assert.equal((await cloud.demo.post(path, body, at('2.14'))).status, 400);
      assert.equal((await cloud.demo.post(path, body, at('2.15'))).status, 200);
    }
  });

  test('has one policy with rules since 2.64', async () => {
    await using cloud = await startTestCloud();
    const { demo } = cloud;
    const rules = { max_server_per_host: 3 };
    const wanted = { name: 'test', policy: 'anti-affinity', rules };
    assert.equal((await demo.post(path, { server_group: wanted }, at('2.63'))).status, 400);
    assert.equal((await demo.post(path, named('test'), at('2.64'))).status, 400);
    const made = await demo.post(path, { server_group: wanted }, at('2.64'));
    const { id } = made.body.server_group;
    const owner = { project_id: demo.projectId, user_id: demo.userId };
    assert.deepEqual(made.body.server_group, { id, ...wanted, members: [], ...owner });
    const old = await demo.get(`${path}/${id}`, at('2.63'));
    assert.deepEqual(old.body.server_group.policies, ['anti-affinity']);
    assert.equal('rules' in old.body.server_group, false);
    const plain = { name: 'plain', policy: 'affinity' };
    const second = await demo.post(path, { server_group: plain }, at('2.64'));
    assert.deepEqual(second.body.server_group.rules, {});
    const unfit = { server_group: { ...plain, rules } };
    const refused = await demo.post(path, unfit, at('2.64'));
    assert.equal(refused.status, 400);
    assert.match(refused.body.badRequest.message, /Only anti-affinity policy supports rules/);
  });
});

test('a malformed server group is refused', async () => {
  await using cloud = await startTestCloud();
  const group = { name: 'x', policies: ['affinity'] };
  const bodies = [
    {},
    { server_group: {} },
    { server_group: { name: 'x' } },
    { server_group: { ...group, name: '' } },
    { server_group: { ...group, name: ' x' } },
    { server_group: { ...group, name: 'x'.repeat(256) } },
    { server_group: { ...group, policies: [] } },
    { server_group: { ...group, policies: 'affinity' } },
    { server_group: { ...group, policies: ['legacy'] } },
    { server_group: { ...group, policies: ['affinity', 'anti-affinity'] } },
    { server_group: { ...group, id: 'x' } },
  ];
  for (const body of bodies) {
    assert.equal((await cloud.demo.post(path, body)).status, 400, JSON.stringify(body));
  }
  for (const most of [0, -1, 'x', 1.5, 2 ** 40]) {
    const rules = { max_server_per_host: most };
    const body = { server_group: { name: 'x', policy: 'anti-affinity', rules } };
    assert.equal((await cloud.demo.post(path, body, at('2.64'))).status, 400, String(most));
  }
  assert.deepEqual((await cloud.demo.get(path)).body.server_groups, []);
});

describe('the list of server groups', () => {
  test('comes in pages of limit and offset', async () => {
    await using cloud = await startTestCloud();
    const { demo } = cloud;
    for (const name of ['a', 'b', 'c']) await makeGroup(demo, name);
    const names = async (query: string) => namesOf((await demo.get(path + query)).body).length;
    assert.equal(await names('?limit=2'), 2);
    assert.equal(await names('?limit=2&offset=2'), 1);
    assert.equal(await names('?limit=0'), 3);
    assert.equal(await names('?offset=9'), 0);
    assert.equal(await names(`?offset=${2 ** 50}`), 0);
    const pages = [await demo.get(`${path}?limit=2`), await demo.get(`${path}?limit=2&offset=2`)];
    const joined = pages.flatMap(({ body }) => namesOf(body)).sort();
    assert.deepEqual(joined, ['a', 'b', 'c']);
    assert.equal((await demo.get(`${path}?limit=-1`)).status, 400);
    assert.equal((await demo.get(`${path}?offset=x`)).status, 400);
    assert.equal((await demo.get(`${path}?limit=2000`)).status, 200);
    assert.equal((await demo.get('/v2/os-server-groups?limit=2000')).status, 403);
  });

  test('refuses parameters that it does not know since 2.75', async () => {
    await using cloud = await startTestCloud();
    assert.equal((await cloud.demo.get(`${path}?color=red`, at('2.74'))).status, 200);
    assert.equal((await cloud.demo.get(`${path}?color=red`, at('2.75'))).status, 400);
  });

  test('of all projects is for administrators; others see their own', async () => {
    await using cloud = await startTestCloud();
    const other = await cloud.userOf('other', 'member');
    const id = await makeGroup(cloud.demo, 'demos');
    await makeGroup(other, 'others');
    const all = await cloud.admin.get(`${path}?all_projects=True`);
    assert.deepEqual(namesOf(all.body).sort(), ['demos', 'others']);
    assert.deepEqual((await cloud.admin.get(path)).body.server_groups, []);
    assert.deepEqual((await cloud.admin.get(`${path}?all_projects=0`)).body.server_groups, []);
    assert.deepEqual(namesOf((await other.get(`${path}?all_projects=1`)).body), ['others']);
    assert.equal((await other.get(`${path}/${id}`)).status, 404);
    assert.equal((await other.delete(`${path}/${id}`)).status, 404);
    assert.equal((await cloud.admin.get(`${path}/${id}`)).status, 200);
  });
});

test('readers read server groups and change none; nobody may do either', async () => {
  await using cloud = await startTestCloud();
  const reader = await cloud.userOf('demo', 'reader');
  const id = await makeGroup(cloud.demo, 'test');
  assert.equal((await reader.get(path)).status, 200);
  assert.equal((await reader.get(`${path}/${id}`)).status, 200);
  assert.equal((await reader.post(path, named('x'))).status, 403);
  assert.equal((await reader.delete(`${path}/${id}`)).status, 403);
  assert.equal((await cloud.nobody.get(path)).status, 401);
  assert.equal((await cloud.nobody.post(path, named('x'))).status, 401);
});

test('a project has no more server groups than its quota, also at once', async () => {
  await using cloud = await startTestCloud({ quota: { serverGroups: 3 } });
  const tries = await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map((n) => cloud.demo.post(path, named(n))),
  );
  const statuses = tries.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [200, 200, 200, 403, 403]);
  const refused = tries.find(({ status }) => status === 403);
  assert.equal(refused?.body.forbidden.message, 'Quota exceeded, too many server groups.');
  const [first] = (await cloud.demo.get(path)).body.server_groups;
  await cloud.demo.delete(`${path}/${first.id}`);
  await makeGroup(cloud.demo, 'again');
});
