import { startCloud } from '../cloud/process.ts';
import { temporaryState } from '../cloud/state.ts';
import { prepareWorkload, untilSettled, type Workload } from '../cloud/workload.ts';
import type { Part } from '../figure.ts';
import type { Client } from '../http/client.ts';
import { median, quantile } from '../samples.ts';

const warmUps = 50;
const oneByOne = 300;
const burst = 1000;
const clients = 8;

interface Times {
  acceptedMs: number[];
  activeMs: number[];
}

export const creations: Part = {
  name: 'creations',
  describe: 'POST servers to 202 and to ACTIVE, and 1,000 creations by 8 clients',
  run: async (say) => {
    using state = temporaryState();
    await using cloud = await startCloud(state);
    using workload = await prepareWorkload(cloud);
    await createOneByOne(workload, warmUps);
    say(`${oneByOne} servers one after another`);
    const { acceptedMs, activeMs } = await createOneByOne(workload, oneByOne);
    say(`${burst} servers by ${clients} clients`);
    const { perSecond, samples } = await createTogether(workload);
    const note = 'one after another';
    const target = { below: 20 };
    return [
      {
        name: 'POST to 202, p50',
        value: median(acceptedMs),
        unit: 'ms',
        note,
        target: { below: 10 },
      },
      { name: 'POST to 202, p99', value: quantile(acceptedMs, 0.99), unit: 'ms', note, target },
      {
        name: 'POST to ACTIVE, p50',
        value: median(activeMs),
        unit: 'ms',
        note,
        target: { below: 50 },
      },
      { name: 'POST to ACTIVE, p99', value: quantile(activeMs, 0.99), unit: 'ms', note },
      {
        name: `${burst} creations until all are ACTIVE`,
        value: perSecond,
        unit: '1/s',
        note: `${clients} clients`,
        target: { atLeast: 100 },
      },
      { name: `of these, POST to 202, p50`, value: median(samples), unit: 'ms' },
      { name: `of these, POST to 202, p99`, value: quantile(samples, 0.99), unit: 'ms' },
    ];
  },
};

async function createOneByOne(workload: Workload, count: number): Promise<Times> {
  const times: Times = { acceptedMs: [], activeMs: [] };
  for (let index = 0; index < count; index += 1) {
    const sentMs = performance.now();
    const id = await create(workload.demo, workload.newServer(`single-${index}`));
    times.acceptedMs.push(performance.now() - sentMs);
    await untilActive(workload.demo, id);
    times.activeMs.push(performance.now() - sentMs);
  }
  return times;
}

async function createTogether(workload: Workload) {
  const samples: number[] = [];
  const connections = await Promise.all(
    Array.from({ length: clients }, () => workload.demo.another()),
  );
  let begun = 0;
  const startedMs = performance.now();
  await Promise.all(
    connections.map(async (client) => {
      while (begun < burst) {
        begun += 1;
        const sentMs = performance.now();
        await create(client, workload.newServer(`burst-${begun}`));
        samples.push(performance.now() - sentMs);
      }
    }),
  );
  await untilSettled(workload.demo);
  const seconds = (performance.now() - startedMs) / 1000;
  for (const client of connections) client.close();
  return { perSecond: burst / seconds, samples };
}

async function create(client: Client, body: object): Promise<string> {
  type Created = { server: { id: string } };
  return (await client.request<Created>('POST', '/v2.1/servers', 202, body)).server.id;
}

async function untilActive(client: Client, id: string): Promise<void> {
  for (;;) {
    const { server } = await client.get<{ server: { status: string } }>(`/v2.1/servers/${id}`);
    if (server.status === 'ACTIVE') return;
    if (server.status === 'ERROR') throw new Error(`server ${id} failed`);
  }
}
