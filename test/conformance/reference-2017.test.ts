import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { makeScene, type Row, type Scene, serverGroups, serverParts } from './reference-2017.ts';
import { flavors } from './reference-2017-flavors.ts';
import { networkParts, projectParts } from './reference-2017-projects.ts';
import { creation, pages, servers } from './reference-2017-servers.ts';

async function play(scene: Scene, row: Row): Promise<void> {
  const names = {
    SERVER: scene.server,
    NETWORK: scene.network,
    GROUP: scene.group,
    PORT: scene.port,
    PROJECT: scene.demo.projectId ?? '',
    OTHER: scene.admin.projectId ?? '',
    DEFAULT: scene.defaultGroup,
    IMAGE: scene.image,
    FLAVOR: scene.flavor,
    FREE: scene.freePort,
  };
  const fill = (text: string) =>
    Object.entries(names).reduce((filled, [name, id]) => filled.replaceAll(name, id), text);
  const [method = '', path = ''] = fill(row.send).split(' ');
  const sent = { ...row.body, ...(row.hints && { 'os:scheduler_hints': row.hints }) };
  const body = row.body && JSON.parse(fill(JSON.stringify(sent)));
  const client = row.by === 'admin' ? scene.admin : scene.demo;
  const made = await client.request(method, `/v2/${client.projectId}/${path}`, body);
  const shown = `${row.says}: ${JSON.stringify(made.body)}`;
  assert.equal(made.status, row.status, shown);
  if (row.answer) assert.deepEqual(made.body, JSON.parse(fill(JSON.stringify(row.answer))), shown);
  if (row.members) assert.deepEqual(...membersOf(row.members, made.body), shown);
}

/** `a.b[]: c d`: the members of the first of the things at `a.b`, and those that it should have. */
function membersOf(sentence: string, body: unknown): [string[], string[]] {
  const [place = '', members = ''] = sentence.split(': ');
  const found = place
    .split('.')
    .filter(Boolean)
    .reduce<unknown>((value, step) => {
      const member = (value as Record<string, unknown>)[step.replace('[]', '')];
      return step.endsWith('[]') ? (member as unknown[])[0] : member;
    }, body);
  return [Object.keys(found as object).sort(), members.split(' ').sort()];
}

const chapters: [string, Row[]][] = [
  ['3, pages and status codes,', pages],
  ['4, new servers,', creation],
  ['4, servers that there are,', servers],
  ['6 and 18, flavors and zones,', flavors],
  ['8, server groups,', serverGroups],
  ['9 to 17, parts of servers,', serverParts],
  ['14 to 16, keys and quotas,', projectParts],
  ['21 and 22, networks and security groups,', networkParts],
];

for (const [chapter, rows] of chapters) {
  test(`/v2 answers as the reference of 2017 in chapter ${chapter} row by row`, async () => {
    await using cloud = await startTestCloud();
    const scene = await makeScene(cloud);
    for (const row of rows) await play(scene, row);
  });
}

test('/v2 shows the default quota for a user or a project that there is not', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin } = cloud;
  const path = `/v2/${admin.projectId}/os-quota-sets/${demo.projectId}`;
  await admin.put(path, { quota_set: { key_pairs: 7 } });
  const keyPairs = async (query: string) =>
    (await admin.get(`${path}${query}`)).body.quota_set.key_pairs;
  assert.equal(await keyPairs(''), 7);
  assert.equal(await keyPairs(`?user_id=${demo.userId}`), 7);
  assert.equal(await keyPairs('?user_id=nobody'), 100);
  const none = await admin.get(`/v2/${admin.projectId}/os-quota-sets/none`);
  assert.equal(none.body.quota_set.key_pairs, 100);
});

test('networks, a quota of old, is taken until 2.35 and for classes until 2.49', async () => {
  await using cloud = await startTestCloud();
  const { admin, demo } = cloud;
  const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
  const set = `/v2.1/os-quota-sets/${demo.projectId}`;
  const put = (path: string, name: string, version: string) =>
    admin.put(path, { [name]: { networks: 3 } }, at(version));
  const made = await put(set, 'quota_set', '2.35');
  assert.equal(made.status, 200);
  assert.equal('networks' in made.body.quota_set, false);
  assert.equal((await put(set, 'quota_set', '2.36')).status, 400);
  const classes = '/v2.1/os-quota-class-sets/default';
  assert.equal((await put(classes, 'quota_class_set', '2.49')).status, 200);
  assert.equal((await put(classes, 'quota_class_set', '2.50')).status, 400);
});
