import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { type Ask, asker, type Outcome, reached } from './sweep/ask.ts';
import { type Caller, makePlaces, type Places, policyOf } from './sweep/callers.ts';
import { type Cell, cellOf, type Kind, kinds } from './sweep/expected.ts';
import type { Ids } from './sweep/places.ts';
import { type Swept, sweptEndpoints } from './sweep-requests.ts';

describe('every endpoint by everybody about their own things and others', () => {
  let cloud: TestCloud;
  let swept: Swept[];
  let places: Places;
  let probe: Ask;
  let whole: Ask;
  /** What each cell came to: an outcome that was right, or why there is none. */
  const cells = new Map<string, string>();

  before(async () => {
    let offsetMs = 0;
    const nowMs = () => systemClock.nowMs() + offsetMs;
    const clock = Object.assign(Object.create(systemClock), { nowMs });
    cloud = await startTestCloud({ clock, hosts: [{ name: 'one' }, { name: 'two' }] });
    swept = sweptEndpoints(cloud.cloud.surfaces);
    const backdated = async <T>(work: () => Promise<T>) => {
      offsetMs = -25 * 3600_000;
      return work().finally(() => {
        offsetMs = 0;
      });
    };
    places = await makePlaces(cloud, backdated);
    const { identify } = cloud.cloud.services.identity;
    [probe, whole] = [asker(identify, false), asker(identify, true)];
  });
  after(() => cloud[Symbol.asyncDispose]());

  async function write(actions: readonly string[]): Promise<void> {
    const { status, body } = await cloud.admin.patch(places.policyPath, policyOf(actions));
    assert.equal(status, 200, JSON.stringify(body));
  }

  async function check(row: Swept, kind: Kind, caller: Caller): Promise<void> {
    const cell = cellOf(row, kind, caller, places);
    const name = `${row.name} by ${caller.name}, ${kind}`;
    const came = 'without' in cell ? cell.without : await outcomeOf(row, cell, caller, name);
    cells.set(`${row.surface.name} ${row.endpoint.since} ${name}`, came);
  }

  async function outcomeOf(
    row: Swept,
    cell: Exclude<Cell, { without: string }>,
    caller: Caller,
    name: string,
  ): Promise<string> {
    const { requires } = row.endpoint;
    if (cell.wanted === 'answered') return answered(row, cell, caller, name);
    const asked = await probe(row, caller.token, cell.ids);
    if (cell.wanted === 'none') assert.equal(asked.status, 401, name);
    if (cell.wanted === 'reached') assert.equal(asked.status, reached, `${name}: ${asked.text}`);
    if (cell.wanted === 'refused') {
      assert.equal(asked.status, 403, name);
      assert.ok(requires.includes(asked.refused ?? ''), `${name}: ${asked.text}`);
      assert.ok(!caller.lacks || asked.refused === caller.lacks, `${name}: ${asked.text}`);
    }
    if (cell.wanted === 'missing') {
      const said = asked.status === reached ? await whole(row, caller.token, cell.ids) : asked;
      assert.equal(said.status, cell.status, `${name}: ${said.text}`);
    }
    if (cell.wanted !== 'absent') return cell.wanted;
    // What is not found before the work has to be found missing by it.
    const ask = asked.status === reached ? whole : probe;
    const foreign = asked.status === reached ? await ask(row, caller.token, cell.ids) : asked;
    const absent = await ask(row, caller.token, cell.absent);
    assert.deepEqual(plain(foreign, cell.ids), plain(absent, cell.absent), name);
    assert.ok([400, 403, 404, 409, 410].includes(foreign.status), `${name}: ${foreign.status}`);
    return `absent ${foreign.status}`;
  }

  async function answered(
    row: Swept,
    { ids, status }: { ids: Ids; status: number },
    caller: Caller,
    name: string,
  ): Promise<string> {
    const asked = await whole(row, caller.token, ids);
    assert.equal(asked.status, status, `${name}: ${asked.text}`);
    return `answered ${status}`;
  }

  /** An answer without the ids that were asked about. */
  function plain({ status, text }: Outcome, ids: Readonly<Record<string, string>>) {
    const long = Object.values(ids).sort((one, other) => other.length - one.length);
    return { status, text: long.reduce((left, id) => left.replaceAll(id, '·'), text) };
  }

  async function checkAll(rows: readonly Swept[], caller: Caller): Promise<void> {
    const wrong: unknown[] = [];
    for (const row of rows) {
      for (const kind of kinds) await check(row, kind, caller).catch((error) => wrong.push(error));
    }
    if (wrong.length > 0) throw new AggregateError(wrong, messagesOf(wrong));
  }

  function messagesOf(wrong: readonly unknown[]): string {
    const texts = wrong.slice(0, 10).map((error) => String(error).slice(0, 500));
    return [`${wrong.length} cells are wrong`, ...texts].join('\n');
  }

  const names = [
    ...['no token', 'expired', 'revoked', 'other project', 'reader', 'member', 'manager'],
    ...['project admin', 'cloud admin', 'reader of a domain', 'manager of a domain'],
    'admin of a domain',
  ];
  for (const name of names) {
    test(`${name}: what the matrix says, and of others nothing`, async () => {
      const caller = places.callers.find((each) => each.name === name);
      assert.ok(caller);
      await checkAll(swept, caller);
    });
  }

  test('a policy with exactly the required actions, and one with one less', async () => {
    const holder = places.callers.find((each) => each.name === 'holder');
    assert.ok(holder);
    for (const [key, rows] of Map.groupBy(swept, (row) => row.endpoint.requires.join(' '))) {
      const actions = key === '' ? [] : key.split(' ');
      await write(actions);
      await checkAll(rows, { ...holder, name: 'exactly', isExact: true, may: () => true });
      for (const missing of actions) {
        await write(actions.filter((action) => action !== missing));
        const less = { ...holder, name: 'one less', lacks: missing, may: () => false };
        await checkAll(missing === actions[0] ? rows : rows.slice(0, 1), less);
      }
      if (actions.length > 0) continue;
      for (const row of rows) {
        const less = `${row.surface.name} ${row.endpoint.since} ${row.name} by one less`;
        for (const kind of kinds) cells.set(`${less}, ${kind}`, 'nothing is required');
      }
    }
  });

  test('no cell was left out', () => {
    const rows = new Set(
      swept.map(({ surface, endpoint, name }) => `${surface.name} ${endpoint.since} ${name}`),
    );
    const gaps = [...rows].flatMap((row) =>
      [...names, 'exactly', 'one less'].flatMap((name) =>
        kinds.map((kind) => `${row} by ${name}, ${kind}`).filter((cell) => !cells.has(cell)),
      ),
    );
    assert.deepEqual(gaps.slice(0, 10), []);
    const counts = Object.groupBy(cells.values(), (came) => came);
    const least = { none: 500, refused: 500, reached: 500, 'absent 404': 500, 'answered 200': 200 };
    for (const [came, cells] of Object.entries(least)) {
      assert.ok((counts[came]?.length ?? 0) > cells, `${came}: ${counts[came]?.length}`);
    }
  });
});
