import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { serverBody } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

describe('filters of servers', () => {
  let cloud: TestCloud;
  let fine: Record<string, unknown>;
  const ids: Record<string, string> = {};
  before(async () => {
    cloud = await startTestCloud({ hosts: [{ name: 'h1' }, { name: 'h2', zone: 'z2' }] });
    fine = ((await serverBody(cloud.demo)) as { server: Record<string, unknown> }).server;
    for (const [name, extra] of [
      ['web-1', { tags: ['a', 'b'], availability_zone: 'z2' }],
      ['web-2', { tags: ['b'], config_drive: true }],
      ['db_1', { description: 'holds data' }],
      ['gone', {}],
    ] as const) {
      const server = { ...fine, name, ...extra };
      const answer = await cloud.demo.post('/v2.1/servers', { server }, at('2.52'));
      assert.equal(answer.status, 202, JSON.stringify(answer.body));
      ids[name] = answer.body.server.id;
      await cloud.cloud.services.operations.whenIdle();
    }
    await cloud.demo.delete(`/v2.1/servers/${ids.gone}`);
    await cloud.cloud.services.operations.whenIdle();
  });
  after(() => cloud[Symbol.asyncDispose]());

  const all = ['db_1', 'web-1', 'web-2'];
  const ask = (query: string, version = '2.1', client: Client = cloud.demo) =>
    client.get(`/v2.1/servers?${query}`, at(version));
  const names = async (query: string, version = '2.1', client: Client = cloud.demo) => {
    const { status, body } = await ask(query, version, client);
    assert.equal(status, 200, `${query}: ${JSON.stringify(body)}`);
    return body.servers.map(({ name }: { name: string }) => name).sort();
  };
  const byAdmin = (query: string, version = '2.1') =>
    names(`all_tenants=1&${query}`, version, cloud.admin);

  test('a name is a regular expression that a part of it matches', async () => {
    for (const [expression, expected] of [
      ['web', ['web-1', 'web-2']],
      ['^web', ['web-1', 'web-2']],
      ['1$', ['db_1', 'web-1']],
      ['^web-1$', ['web-1']],
      ['b.1', ['db_1', 'web-1']],
      ['b_1', ['db_1']],
      ['^(db|web)[-_]1$', ['db_1', 'web-1']],
      ['e.*2', ['web-2']],
      ['WEB', []],
      ['%', []],
      ['', all],
    ] as const) {
      assert.deepEqual(await names(`name=${encodeURIComponent(expression)}`), expected, expression);
    }
  });

  test('a hostile expression is refused or answered, not tried for ever', async () => {
    for (const expression of ['(a+)+$', '(x|x|x)*y', `${'.*'.repeat(50)}z`]) {
      await names(`name=${encodeURIComponent(expression)}`);
    }
    for (const wrong of ['(', '[', '*', 'a{1000}{1000}', '(.{1,1000}){1,9}', 'x'.repeat(300)]) {
      assert.equal((await ask(`name=${encodeURIComponent(wrong)}`)).status, 400, wrong);
    }
  });

  test('image, flavor and reservation filter for everyone', async () => {
    assert.deepEqual(await names(`image=${fine.imageRef}`), all);
    assert.deepEqual(await names('image=00000000-0000-4000-8000-000000000000'), []);
    assert.deepEqual(await names(`flavor=%22${fine.flavorRef}%22&status=%22active%22`), all);
    assert.deepEqual(await names('flavor=nothing'), []);
    assert.deepEqual(await names('reservation_id=r-none'), []);
  });

  test('where an image is asked for on v2 nothing else counts, as the reference says', async () => {
    const { body } = await cloud.demo.get(`/v2/servers?image=${fine.imageRef}&name=none`);
    assert.equal(body.servers.length, 3);
    assert.deepEqual(await names(`image=${fine.imageRef}&name=none`), []);
  });

  test('addresses match by a part; version 6 is for everyone since 2.5', async () => {
    const { body } = await cloud.demo.get(`/v2.1/servers/${ids.db_1}`);
    const [{ addr }] = body.server.addresses.private;
    assert.deepEqual(await names(`ip=${addr}$`), ['db_1']);
    assert.deepEqual(await names('ip=10.42.'), all);
    assert.deepEqual(await names('ip=192.0.2.1'), []);
    assert.deepEqual(await names('ip6=fd00::9999', '2.4'), all);
    assert.deepEqual(await names('ip6=fd00::9999', '2.5'), []);
  });

  test('tags filter since 2.26 in four ways', async () => {
    for (const [query, expected] of [
      ['tags=b', ['web-1', 'web-2']],
      ['tags=a,b', ['web-1']],
      ['tags-any=a,b', ['web-1', 'web-2']],
      ['not-tags=a,b', ['db_1', 'web-2']],
      ['not-tags-any=a,b', ['db_1']],
      ['tags=b&not-tags=a', ['web-2']],
    ] as const) {
      assert.deepEqual(await names(query, '2.26'), expected, query);
      assert.deepEqual(await names(query, '2.25'), all, query);
    }
  });

  test('more filters are for administrators, and some for everyone since 2.83', async () => {
    for (const [query, expected] of [
      ['availability_zone=z2', ['web-1']],
      ['config_drive=True', ['web-2']],
      ['vm_state=building', []],
      ['task_state=spawning', []],
      ['power_state=4', []],
      ['progress=50', []],
      ['key_name=mine', []],
      ['user_id=nobody', []],
      ['created_at=2001-01-01', []],
      ['launched_at=2001-01-01T00:00:00Z', []],
      ['terminated_at=2001-01-01T00:00:00Z', []],
    ] as const) {
      assert.deepEqual(await names(query, '2.82'), all, query);
      assert.deepEqual(await names(query, '2.83'), expected, query);
      assert.deepEqual(await byAdmin(query), expected, query);
    }
    for (const [query, expected] of [
      ['host=h2', ['web-1']],
      ['node=h', all],
      ['hostname=^web', ['web-1', 'web-2']],
      ['description=data', ['db_1']],
      [`uuid=${ids.db_1}`, ['db_1']],
      ['launch_index=1', []],
      ['root_device_name=vda', all],
      ['root_device_name=sda', []],
      ['auto_disk_config=true', []],
      ['access_ip_v4=^$', all],
    ] as const) {
      assert.deepEqual(await names(query, '2.83'), all, query);
      assert.deepEqual(await byAdmin(query), expected, query);
    }
    const body = { pattern: `availability_zone=z2` };
    const legacy = await cloud.demo.get(`/v2/servers?${body.pattern}`);
    assert.equal(legacy.body.servers.length, 1);
  });

  test('locked servers are told apart since 2.73', async () => {
    await cloud.demo.post(`/v2.1/servers/${ids.db_1}/action`, { lock: null });
    assert.deepEqual(await names('locked=true', '2.72'), all);
    assert.deepEqual(await names('locked=true', '2.73'), ['db_1']);
    assert.deepEqual(await names('locked=false', '2.73'), ['web-1', 'web-2']);
    assert.equal((await ask('locked=maybe', '2.73')).status, 400);
    await cloud.demo.post(`/v2.1/servers/${ids.db_1}/action`, { unlock: null });
  });

  test('several statuses may be named; an unknown one is none, and 400 since 2.38', async () => {
    assert.deepEqual(await names('status=ACTIVE&status=error'), all);
    assert.deepEqual(await names('status=PAUSED', '2.104'), []);
    assert.deepEqual(await names('status=colour', '2.37'), []);
    assert.equal((await ask('status=colour', '2.38')).status, 400);
  });

  test('only administrators list deleted servers', async () => {
    const refused = await ask('status=deleted');
    assert.equal(refused.status, 403);
    const sentence = 'Only administrators may list deleted instances';
    assert.equal(refused.body.forbidden.message, sentence);
    assert.deepEqual(await byAdmin('status=deleted'), ['gone']);
    assert.deepEqual(await byAdmin('deleted=true'), ['gone']);
    assert.deepEqual(await byAdmin('deleted=colour'), all);
    assert.deepEqual(await names('deleted=true'), all);
  });

  test('changes show deleted servers too, up to a moment since 2.66', async () => {
    const past = 'changes-since=2001-01-01T00:00:00Z';
    const future = encodeURIComponent('2101-01-01T00:00:00+02:00');
    assert.deepEqual(await names(past), ['db_1', 'gone', 'web-1', 'web-2']);
    assert.deepEqual(await names(`changes-since=${future}`), []);
    assert.deepEqual(await names(`changes-before=${future}`, '2.65'), all);
    assert.equal((await names(`changes-before=${future}`, '2.66')).length, 4);
    assert.deepEqual(await names('changes-before=2001-01-01', '2.66'), []);
    assert.equal((await ask('changes-since=yesterday')).status, 400);
    assert.equal((await ask(`${past}&changes-before=2000-01-01`, '2.66')).status, 400);
    assert.deepEqual(await byAdmin(`${past}&deleted=true`), ['gone']);
  });

  test('all tenants may be narrowed to one, by administrators alone', async () => {
    const { projectId } = cloud.demo;
    assert.deepEqual(await byAdmin(`project_id=${projectId}`), all);
    assert.deepEqual(await byAdmin(`tenant_id=${cloud.admin.projectId}`), []);
    assert.deepEqual(await names(`project_id=${projectId}`, '2.1', cloud.admin), []);
    assert.equal((await ask('all_tenants')).status, 403);
    assert.equal((await ask('all_tenants=0')).status, 200);
    assert.equal((await ask('all_tenants=colour')).status, 400);
  });

  test('unknown parameters are ignored up to 2.74 and refused from 2.75 on', async () => {
    assert.deepEqual(await names('colour=red', '2.74'), all);
    assert.equal((await ask('colour=red', '2.75')).status, 400);
    assert.equal((await cloud.demo.get('/v2/servers?colour=red')).status, 200);
    assert.deepEqual(await names('metadata=x'), all);
    assert.equal((await ask('metadata=x', '2.1', cloud.admin)).status, 400);
    assert.equal((await ask('_sa_instance_state=x', '2.1', cloud.admin)).status, 400);
  });

  test('several keys sort together, each in its direction, page by page', async () => {
    const list = async (query: string, client = cloud.demo) => {
      const seen: string[] = [];
      let path: string | undefined = `/v2.1/servers?limit=1&${query}`;
      while (path !== undefined) {
        const { status, body } = await client.get(path, at('2.73'));
        assert.equal(status, 200, JSON.stringify(body));
        seen.push(...body.servers.map(({ name }: { name: string }) => name));
        const next: string | undefined = body.servers_links?.[0].href;
        path = next?.slice(cloud.url.length);
      }
      return seen;
    };
    assert.deepEqual(await list('sort_key=display_name&sort_dir=asc'), all);
    const zones = 'sort_key=availability_zone&sort_dir=desc&sort_key=display_name&sort_dir=asc';
    assert.deepEqual(await list(zones), ['web-1', 'db_1', 'web-2']);
    const tasks = 'sort_key=task_state&sort_key=display_name&sort_dir=desc';
    assert.deepEqual(await list(tasks), ['web-2', 'web-1', 'db_1']);
    assert.deepEqual(await list('sort_key=created_at'), ['db_1', 'web-2', 'web-1']);
    assert.deepEqual(await list('sort_key=memory_mb&name=web-'), ['web-2', 'web-1']);
    const legacy = await cloud.demo.get('/v2/servers');
    assert.equal(legacy.body.servers[0].name, 'web-1');
  });

  test('what cannot be sorted by is 400, and 403 where only administrators may', async () => {
    for (const query of [
      'sort_key=colour',
      'sort_key=uuid&sort_dir=up',
      'sort_dir=asc&sort_dir=asc',
    ]) {
      assert.equal((await ask(query)).status, 400, query);
    }
    assert.equal((await ask('sort_key=memory_mb', '2.75')).status, 400);
    assert.equal((await ask('sort_key=host')).status, 403);
    assert.equal((await ask('sort_key=node', '2.1', cloud.admin)).status, 200);
  });
});
