import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { insertMigration, type NewMigration, updateMigration } from '#compute/migrations/store.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const day = (number: number) => Date.UTC(2026, 0, number);

describe('migrations', () => {
  let cloud: TestCloud;
  let server: string;
  /** A resize, a hidden one, one that goes on live, and one that was live. */
  let made: NewMigration[];

  before(async () => {
    cloud = await startTestCloud();
    server = await makeServer(cloud);
    const { database, compute } = cloud.cloud.services;
    const row = (createdMs: number, extra: Partial<NewMigration>): NewMigration => ({
      uuid: compute.ids.uuid(),
      serverId: server,
      projectId: cloud.demo.projectId ?? '',
      userId: cloud.demo.userId ?? '',
      type: 'live-migration',
      status: 'completed',
      sourceHost: 'one',
      targetHost: 'two',
      targetAddress: '192.0.2.2',
      oldFlavorNumber: 1,
      newFlavorNumber: 1,
      isHidden: false,
      createdMs,
      ...extra,
    });
    made = [
      row(day(1), { type: 'resize', status: 'confirmed', sourceHost: 'three' }),
      row(day(2), { isHidden: true }),
      row(day(3), { status: 'running' }),
      row(day(4), { serverId: 'another', userId: 'someone', projectId: 'elsewhere' }),
    ];
    await database.transaction(async (tx) => {
      for (const migration of made) await insertMigration(tx, migration);
      const progress = { memory_total_bytes: 4096, memory_processed_bytes: 1024 };
      await updateMigration(tx, 3, progress, day(5));
    });
  });
  after(() => cloud[Symbol.asyncDispose]());

  const idsOf = async (query: string, version = '2.80') => {
    const { status, body } = await cloud.admin.get(`/v2.1/os-migrations${query}`, at(version));
    assert.equal(status, 200, JSON.stringify(body));
    return body.migrations.map(({ id }: { id: number }) => id);
  };
  const statusOf = async (query: string, version: string) =>
    (await cloud.admin.get(`/v2.1/os-migrations${query}`, at(version))).status;

  test('are listed oldest first, since 2.59 newest first, hidden ones never', async () => {
    assert.deepEqual(await idsOf('', '2.1'), [1, 3, 4]);
    assert.deepEqual(await idsOf('', '2.58'), [1, 3, 4]);
    assert.deepEqual(await idsOf('', '2.59'), [4, 3, 1]);
    assert.deepEqual(await idsOf('?hidden=1'), []);
    assert.deepEqual(await idsOf('?hidden=0'), [4, 3, 1]);
  });

  test('are found by what they are', async () => {
    assert.deepEqual(await idsOf(`?instance_uuid=${server}`), [3, 1]);
    assert.deepEqual(await idsOf('?status=running'), [3]);
    assert.deepEqual(await idsOf('?migration_type=resize'), [1]);
    assert.deepEqual(await idsOf('?source_compute=one'), [4, 3]);
    assert.deepEqual(await idsOf('?host=three'), [1]);
    assert.deepEqual(await idsOf('?host=two&status=completed'), [4]);
    assert.deepEqual(await idsOf('?status=never'), []);
  });

  test('are found by time since 2.59 and 2.66', async () => {
    assert.deepEqual(await idsOf('?changes-since=2026-01-04T00:00:00Z'), [4, 3]);
    assert.deepEqual(await idsOf('?changes-before=2026-01-04T00:00:00', '2.66'), [4, 1]);
    const both = '?changes-since=2026-01-02T00:00:00Z&changes-before=2026-01-04T00:00:00Z';
    assert.deepEqual(await idsOf(both), [4]);
    const inverted = '?changes-since=2026-01-05T00:00:00Z&changes-before=2026-01-04T00:00:00Z';
    assert.equal(await statusOf(inverted, '2.66'), 400);
    assert.equal(await statusOf('?changes-since=yesterday', '2.59'), 400);
    assert.equal(await statusOf('?changes-before=2026-01-04T00:00:00Z', '2.65'), 400);
    assert.deepEqual(await idsOf('?changes-since=2027-01-04T00:00:00Z', '2.58'), [1, 3, 4]);
  });

  test('are found by user and project since 2.80', async () => {
    assert.deepEqual(await idsOf('?user_id=someone'), [4]);
    assert.deepEqual(await idsOf(`?project_id=${cloud.demo.projectId}`), [3, 1]);
    assert.equal(await statusOf('?user_id=someone', '2.79'), 400);
    assert.equal(await statusOf('?user_id=someone', '2.58'), 200);
  });

  test('come in pages since 2.59', async () => {
    const { body } = await cloud.admin.get('/v2.1/os-migrations?limit=2', at('2.59'));
    const next = new URL(body.migrations_links[0].href);
    assert.equal(next.searchParams.get('marker'), made[2]?.uuid);
    assert.deepEqual(await idsOf(next.search), [1]);
    assert.deepEqual(await idsOf('?limit=1', '2.58'), [1, 3, 4]);
    assert.equal(await statusOf('?marker=nobody', '2.59'), 400);
    assert.equal(await statusOf('?colour=blue', '2.59'), 400);
    assert.equal(await statusOf('?colour=blue', '2.58'), 200);
  });

  test('show more with the versions', async () => {
    const first = async (version: string) => {
      const { body } = await cloud.admin.get('/v2.1/os-migrations?status=running', at(version));
      return body.migrations[0];
    };
    const old = await first('2.22');
    assert.deepEqual(
      [old.migration_type, old.links, old.uuid, old.user_id],
      [undefined, undefined, undefined, undefined],
    );
    assert.deepEqual(
      [old.source_node, old.dest_compute, old.dest_host],
      ['one', 'two', '192.0.2.2'],
    );
    const linked = await first('2.23');
    assert.equal(linked.migration_type, 'live-migration');
    assert.match(linked.links[0].href, new RegExp(`/servers/${server}/migrations/3$`));
    assert.equal((await first('2.58')).uuid, undefined);
    assert.equal((await first('2.59')).uuid, made[2]?.uuid);
    assert.equal((await first('2.79')).user_id, undefined);
    assert.equal((await first('2.80')).project_id, cloud.demo.projectId);
  });

  test('of a server are shown while they go on live', async () => {
    const path = `/v2.1/servers/${server}/migrations`;
    const get = (below: string, version = '2.23') => cloud.admin.get(path + below, at(version));
    const { body } = await get('');
    assert.equal(body.migrations.length, 1);
    assert.deepEqual(body.migrations[0], (await get('/3')).body.migration);
    const { server_uuid, memory_total_bytes, memory_processed_bytes, disk_total_bytes } =
      body.migrations[0];
    assert.deepEqual(
      [server_uuid, memory_total_bytes, memory_processed_bytes, disk_total_bytes],
      [server, 4096, 1024, null],
    );
    assert.equal((await get('/3', '2.59')).body.migration.uuid, made[2]?.uuid);
    assert.equal((await get('/3', '2.80')).body.migration.user_id, cloud.demo.userId);
    for (const id of ['1', '4', '99', 'x', '9'.repeat(20)]) {
      assert.equal((await get(`/${id}`)).status, 404, id);
    }
    assert.equal((await get('', '2.22')).status, 404);
    const other = '/v2.1/servers/00000000-0000-4000-8000-000000000000/migrations';
    assert.equal((await cloud.admin.get(other, at('2.23'))).status, 404);
  });

  test('are seen by administrators only', async () => {
    const reader = await cloud.userOf('demo', 'reader');
    for (const path of ['/os-migrations', `/servers/${server}/migrations`]) {
      for (const client of [cloud.demo, reader]) {
        assert.equal((await client.get(`/v2.1${path}`, at('2.23'))).status, 403, path);
      }
      assert.equal((await cloud.nobody.get(`/v2.1${path}`, at('2.23'))).status, 401, path);
    }
  });
});
