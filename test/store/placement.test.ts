import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#base/limits.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import {
  aggregateFactsByHost,
  deleteAggregateHost,
  findAggregate,
  insertAggregate,
  insertAggregateHost,
  listAggregates,
  updateAggregateRow,
  writeMetadata,
} from '#compute/aggregates/store.ts';
import { markSeen, upsertHost } from '#compute/hosts/store.ts';
import { CandidateReader } from '#compute/placement/candidates.ts';
import { hostsOfServers } from '#compute/placement/store.ts';
import {
  countGroups,
  deleteGroupRow,
  findGroup,
  groupsOf,
  insertGroup,
  insertMember,
  listGroups,
  membersOf,
} from '#compute/server-groups/store.ts';
import { insertServer, updateServer } from '#compute/servers/store.ts';
import type { Queries } from '#db/database.ts';
import { eachDatabase } from '#test/databases.ts';
import { serverRow } from './server-row.ts';

const groupNamed = (id: string, projectId: string, createdMs: number) => ({
  id,
  projectId,
  userId: 'u',
  name: id,
  policy: 'anti-affinity' as const,
  maxPerHost: null,
  createdMs,
});

function addHost(db: Queries, name: string): Promise<void> {
  const sizes = { vcpus: 4, memory_mib: 4096, disk_gib: 40 };
  const state = { hypervisor: 'simulated', enabled: 1, seen_ms: 1 };
  return upsertHost(db, { name, availability_zone: 'nova', ...sizes, ...state });
}

eachDatabase('server groups', (under) => {
  test('have those members that live, and are listed in the order of their making', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    await insertGroup(db, groupNamed('second', 'p', 2));
    await insertGroup(db, groupNamed('first', 'p', 1));
    await insertGroup(db, groupNamed('other', 'q', 3));
    for (const id of ['s1', 's2']) {
      await insertServer(db, serverRow({ id, host: `host of ${id}` }));
      await insertMember(db, 'first', id);
    }
    const page = { limit: 10, offset: 0 };
    const ids = async (projectId: string | null, part = page) =>
      (await listGroups(db, projectId, part)).map(({ id }) => id);
    assert.deepEqual(await ids('p'), ['first', 'second']);
    assert.deepEqual(await ids(null), ['first', 'second', 'other']);
    assert.deepEqual(await ids(null, { limit: 1, offset: 1 }), ['second']);
    assert.equal(await countGroups(db, 'p'), 2);
    assert.deepEqual(await groupsOf(db, ['s1', 's3']), new Map([['s1', ['first']]]));
    assert.deepEqual(await groupsOf(db, []), new Map());
    await updateServer(db, 's1', { deleted_ms: 5 }, 5);
    const members = await membersOf(db, ['first', 'second']);
    assert.deepEqual([...members], [['first', [{ serverId: 's2', host: 'host of s2' }]]]);
    assert.ok(await deleteGroupRow(db, 'first'));
    assert.ok(!(await deleteGroupRow(db, 'first')));
    assert.equal(await findGroup(db, 'first'), undefined);
    assert.deepEqual(await groupsOf(db, ['s2']), new Map());
  });

  test('hosts of servers are those of live ones of the project', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    await insertServer(db, serverRow({ id: 's1', host: 'a' }));
    await insertServer(db, serverRow({ id: 's2', host: 'b', project_id: 'q' }));
    await insertServer(db, serverRow({ id: 's3', host: 'c', deleted_ms: 1 }));
    const ids = ['s1', 's2', 's3', 's4'];
    assert.deepEqual(await hostsOfServers(db, ids, 'p'), new Set(['a']));
    assert.deepEqual(await hostsOfServers(db, ids, null), new Set(['a', 'b']));
    assert.deepEqual(await hostsOfServers(db, [], 'p'), new Set());
  });
});

eachDatabase('aggregates', (under) => {
  test('keep hosts and metadata, and never a number twice', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    const id = await insertAggregate(db, { uuid: 'u1', name: 'one', createdMs: 1 });
    const second = await insertAggregate(db, { uuid: 'u2', name: 'two', createdMs: 1 });
    for (const host of ['b', 'a']) await insertAggregateHost(db, id, host);
    await insertAggregateHost(db, second, 'a');
    await writeMetadata(db, id, { ssd: 'true', __proto__: null, color: 'red' });
    await writeMetadata(db, id, { ssd: 'false', color: null });
    await writeMetadata(db, second, { size: '3' });
    const found = await findAggregate(db, id);
    assert.deepEqual(found?.hosts, ['a', 'b']);
    assert.deepEqual(found?.metadata, { ssd: 'false' });
    const facts = await aggregateFactsByHost(db);
    assert.deepEqual(facts.get('a'), [{ ssd: 'false' }, { size: '3' }]);
    await deleteAggregateHost(db, id, 'a');
    assert.deepEqual((await aggregateFactsByHost(db)).get('a'), [{ size: '3' }]);
    await updateAggregateRow(db, second, { deleted_ms: 9 });
    assert.deepEqual(
      (await listAggregates(db)).map(({ name }) => name),
      ['one'],
    );
    assert.equal(await insertAggregate(db, { uuid: 'u3', name: 'two', createdMs: 1 }), 3);
  });
});

eachDatabase('candidates', (under) => {
  test('are up to date with hosts, aggregates and servers at each reading', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    const reader = new CandidateReader(new VirtualClock(1));
    assert.deepEqual(await reader.read(db), []);
    for (const name of ['b', 'a']) await addHost(db, name);
    assert.deepEqual(
      (await reader.read(db)).map(({ name }) => name),
      ['a', 'b'],
    );
    await insertServer(db, serverRow({ host: 'b', vcpus: 3, memory_mib: 512, disk_gib: 7 }));
    const [, loaded] = await reader.read(db);
    assert.deepEqual([loaded?.vcpusUsed, loaded?.memoryMibUsed, loaded?.diskGibUsed], [3, 512, 7]);
    const id = await insertAggregate(db, { uuid: 'u', name: 'n', createdMs: 1 });
    await insertAggregateHost(db, id, 'a');
    const ratios = { cpu_allocation_ratio: '2.5', ram_allocation_ratio: 'many' };
    await writeMetadata(db, id, { availability_zone: 'west', ...ratios });
    const [moved, stayed] = await reader.read(db);
    assert.deepEqual([moved?.zone, stayed?.zone], ['west', 'nova']);
    assert.deepEqual(moved?.ratios, { vcpus: 2.5, memory: 1.5, disk: 1 });
    await db.updateTable('hosts').set({ enabled: 0 }).where('name', '=', 'a').execute();
    assert.deepEqual(
      (await reader.read(db)).map(({ isEnabled }) => isEnabled),
      [false, true],
    );
  });

  test('are down once they were silent for too long, without any change', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    const clock = new VirtualClock(1);
    const reader = new CandidateReader(clock);
    for (const name of ['a', 'b']) await addHost(db, name);
    await clock.advance(limits.serviceDownMs);
    await markSeen(db, ['b'], clock.nowMs());
    const isUp = async () => (await reader.read(db)).map((host) => host.isUp);
    assert.deepEqual(await isUp(), [true, true]);
    await clock.advance(1);
    assert.deepEqual(await isUp(), [false, true]);
  });
});
