import { setTimeout as sleep } from 'node:timers/promises';
import { startCloud } from '../cloud/process.ts';
import { temporaryState } from '../cloud/state.ts';
import { prepareWorkload, type Workload } from '../cloud/workload.ts';
import type { Figure, Part } from '../figure.ts';
import { type LoadResult, load } from '../http/load.ts';

const warmUpMs = 2000;
const measuredMs = 5000;
const connections = 8;
const changesPerSecond = 20;

export const reads: Part = {
  name: 'reads',
  describe: 'GET servers/{id} and servers/detail, with 100 and with 1,000 servers',
  run: async (say) => {
    using state = temporaryState();
    await using cloud = await startCloud(state);
    using workload = await prepareWorkload(cloud);
    await workload.fill(100);
    say('lists of all of 100 servers');
    const hundred = await detail(workload, '');
    say('filling up to 1,000 servers');
    await workload.fill(900);
    const ids = await workload.serverIds();
    say('single servers of 1,000');
    const single = await get(workload, (turn) => `/v2.1/servers/${ids[turn % ids.length]}`);
    say('pages of 100 of 1,000 servers');
    const page = await detail(workload, '?limit=100');
    say('pages that differ, so that hardly any of them was kept');
    const markers = ids.slice(0, ids.length - 100);
    const differing = await get(workload, (turn) => {
      return `/v2.1/servers/detail?limit=100&marker=${markers[turn % markers.length]}`;
    });
    say('the same while another client changes servers');
    const stop = new AbortController();
    const renaming = rename(workload, ids, stop.signal);
    const changingPage = await detail(workload, '?limit=100');
    const changingSingle = await get(workload, (turn) => `/v2.1/servers/${ids[turn % ids.length]}`);
    stop.abort();
    await renaming;
    say('lists of all of 1,000 servers');
    const thousand = await detail(workload, '?limit=1000');
    return [
      ...figures('GET server', single, 2500),
      ...figures('GET servers/detail, all of 100', hundred, 700),
      ...figures('GET servers/detail?limit=100 of 1,000', page, 700),
      ...figures('GET servers/detail?limit=100, each another page', differing),
      ...figures('GET servers/detail, all of 1,000', thousand),
      ...figures(`GET server, ${changesPerSecond} changes/s`, changingSingle),
      ...figures(`GET servers/detail?limit=100, ${changesPerSecond} changes/s`, changingPage),
    ];
  },
};

/** Every change makes the cloud forget the answers that it kept. */
async function rename(workload: Workload, ids: readonly string[], signal: AbortSignal) {
  const client = await workload.demo.another();
  for (let turn = 0; !signal.aborted; turn += 1) {
    const path = `/v2.1/servers/${ids[turn % ids.length]}`;
    await client.request('PUT', path, 200, { server: { name: `renamed-${turn}` } });
    await sleep(1000 / changesPerSecond);
  }
  client.close();
}

function detail(workload: Workload, query: string): Promise<LoadResult> {
  return get(workload, () => `/v2.1/servers/detail${query}`);
}

function get({ demo }: Workload, path: (turn: number) => string): Promise<LoadResult> {
  let turn = 0;
  const next = () => {
    turn += 1;
    return demo.text('GET', path(turn));
  };
  return load({ url: demo.url, connections, warmUpMs, measuredMs, next, status: 200 });
}

function figures(name: string, result: LoadResult, atLeast?: number): Figure[] {
  return [
    {
      name,
      value: result.perSecond,
      unit: '1/s',
      note: `${connections} clients`,
      ...(atLeast !== undefined && { target: { atLeast } }),
    },
    { name: `${name}, p50`, value: result.p50Ms, unit: 'ms' },
    { name: `${name}, p99`, value: result.p99Ms, unit: 'ms' },
  ];
}
