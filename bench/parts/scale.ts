import { type CloudProcess, startCloud } from '../cloud/process.ts';
import { Seeding } from '../cloud/seeding.ts';
import { type TemporaryState, temporaryState } from '../cloud/state.ts';
import { prepareWorkload, type Workload } from '../cloud/workload.ts';
import type { Figure, Part } from '../figure.ts';
import type { Client } from '../http/client.ts';
import { median } from '../samples.ts';

const few = 1000;
const many = 10_000;
const most = 100_000;
const rounds = 45;
const pageItems = 1000;
/** From here on tenants filter by everything that is asked below. */
const microversion = '2.83';

/** What an ordinary user asks of both clouds; every one of these answers holds as much in both. */
const filters = [
  'status=SHUTOFF',
  'flavor=rare',
  'image=00000000-0000-4000-8000-000000000000',
  'changes-since=2040-01-01T00:00:00Z',
  'name=rare',
  'reservation_id=r-rare',
  'ip=240.0.3.9$',
  'status=ACTIVE&limit=100',
  'name=seed&limit=100',
  'sort_key=display_name&limit=100',
  'power_state=4',
  'locked=true',
  'task_state=spawning',
  'config_drive=True',
  'user_id=rare',
  'tags=rare',
  'ip6=fd42:1::f816:3eff:fea7:5fb5',
  'ip6=fd99::9',
];

/** And what an administrator asks about the servers of all. */
const filtersOfAll = [
  'limit=100',
  ...filters,
  'host=nowhere',
  'node=nowhere',
  'hostname=rare',
  'description=rare',
  'availability_zone=rare',
  'key_name=rare',
  'locked_by=owner',
  'launch_index=7',
  'auto_disk_config=False',
  'launched_at=1970-01-01T00:00:00Z',
  'created_at=1970-01-01T00:00:00Z',
  'terminated_at=1970-01-01T00:00:00Z',
  'deleted=True',
  'soft_deleted=True&limit=100',
  'status=DELETED',
  'status=REBUILD',
  'status=ERROR',
  'vm_state=stopped',
  'tags-any=rare,other',
  'not-tags=rare&limit=100',
  'changes-before=2000-01-01T00:00:00Z',
  'project_id=nobody',
  'locked=False&limit=100',
  'task_state=spawning&status=ACTIVE',
];

interface Question {
  name: string;
  path: string;
  asAdmin: boolean;
}

const questions: readonly Question[] = [
  {
    name: 'a page of 1,000 details',
    path: `/v2.1/servers/detail?limit=${pageItems}`,
    asAdmin: false,
  },
  ...filters.map((query) => questionOf(query, false)),
  ...filtersOfAll.map((query) => questionOf(`all_tenants=1&${query}`, true)),
];

function questionOf(query: string, asAdmin: boolean): Question {
  return { name: `detail?${query}`, path: `/v2.1/servers/detail?${query}`, asAdmin };
}

export const scale: Part = {
  name: 'scale',
  describe: 'the same requests with 1,000 and 10,000 servers; memory while 100,000 are listed',
  run: async (say) => {
    using small = temporaryState();
    using large = temporaryState();
    await using fewCloud = await startCloud(small);
    await using manyCloud = await startCloud(large);
    using fewSide = await sideOf(fewCloud, small, few);
    using manySide = await sideOf(manyCloud, large, many);
    const figures: Figure[] = [];
    const shows = [fewSide, manySide].map((side) => side.showPaths());
    for (const question of [...questions, { name: 'GET server', path: '', asAdmin: false }]) {
      const { name, path } = question;
      say(name);
      const ids = await Promise.all(shows);
      figures.push(
        await compare(question, fewSide, manySide, (side, turn) => {
          if (path !== '') return path;
          return ids[side]?.[turn * 7] ?? '';
        }),
      );
    }
    say(`listing ${most} servers`);
    return [...figures, ...(await listAll(manySide, manyCloud))];
  },
};

interface Side extends Disposable {
  client: Client;
  admin: Client;
  seeding: Seeding;
  showPaths(): Promise<string[]>;
}

async function sideOf(cloud: CloudProcess, state: TemporaryState, count: number): Promise<Side> {
  const workload: Workload = await prepareWorkload(cloud);
  await workload.fill(1);
  const seeding = new Seeding(state);
  seeding.fillUpTo(count);
  return {
    client: workload.demo,
    admin: workload.admin,
    seeding,
    showPaths: async () => (await workload.serverIds()).map((id) => `/v2.1/servers/${id}`),
    [Symbol.dispose]: () => {
      seeding[Symbol.dispose]();
      workload[Symbol.dispose]();
    },
  };
}

/** By turns, so that both meet the same weather on a shared machine. */
async function compare(
  { name, asAdmin }: Question,
  fewSide: Side,
  manySide: Side,
  pathOf: (side: number, turn: number) => string,
): Promise<Figure> {
  const samples: [number[], number[]] = [[], []];
  for (let turn = -3; turn < rounds; turn += 1) {
    for (const [index, side] of [fewSide, manySide].entries()) {
      side.seeding.touch();
      const path = pathOf(index, turn + 3);
      const sentMs = performance.now();
      await (asAdmin ? side.admin : side.client).get(path, microversion);
      if (turn >= 0) samples[index]?.push(performance.now() - sentMs);
    }
  }
  const [fewMs, manyMs] = samples.map(median);
  const note = `${fewMs?.toFixed(1)} and ${manyMs?.toFixed(1)} ms`;
  const value = (manyMs ?? Number.NaN) / (fewMs ?? Number.NaN);
  const title = `${name}: 10,000 servers against 1,000`;
  return { name: title, value, unit: 'times', note, target: { below: 1.3 } };
}

async function listAll(side: Side, cloud: CloudProcess): Promise<Figure[]> {
  side.seeding.fillUpTo(most);
  // The former connection may have been silent for longer than the cloud keeps such.
  const client = await side.client.another();
  const link = /limit.*/;
  const resident: number[] = [];
  let listed = 0;
  let query: string | undefined = `limit=${pageItems}`;
  const startedMs = performance.now();
  while (query !== undefined) {
    type Page = { servers: object[]; servers_links?: { href: string }[] };
    const page: Page = await client.get<Page>(`/v2.1/servers/detail?${query}`);
    listed += page.servers.length;
    resident.push(cloud.residentMb());
    query = link.exec(page.servers_links?.[0]?.href ?? '')?.[0];
  }
  client.close();
  if (listed !== most) throw new Error(`${listed} servers were listed instead of ${most}`);
  const tenth = resident.slice(0, resident.length / 10);
  const highest = Math.max(...resident);
  return [
    {
      name: `listing ${most} servers, 1,000 a page`,
      value: performance.now() - startedMs,
      unit: 'ms',
    },
    { name: 'memory at most in the first tenth of it', value: Math.max(...tenth), unit: 'MB' },
    { name: 'memory at most in all of it', value: highest, unit: 'MB' },
  ];
}
