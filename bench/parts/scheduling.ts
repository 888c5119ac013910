import { simulated, startCloud } from '../cloud/process.ts';
import { temporaryState } from '../cloud/state.ts';
import { prepareWorkload, type Workload } from '../cloud/workload.ts';
import type { Part } from '../figure.ts';
import { median } from '../samples.ts';

const hosts = 1000;
const warmUps = 30;
const rounds = 150;

export const scheduling: Part = {
  name: 'scheduling',
  describe: 'what POST servers takes longer with 1,000 hosts to choose from than with one',
  run: async (say) => {
    using oneState = temporaryState();
    using manyState = temporaryState();
    await using one = await startCloud(oneState);
    say(`a cloud with ${hosts} hosts`);
    await using many = await startCloud(manyState, { ...simulated, CUMULET_HOSTS: `${hosts}` });
    using oneWorkload = await prepareWorkload(one);
    using manyWorkload = await prepareWorkload(many);
    const samples: [number[], number[]] = [[], []];
    say(`${rounds} servers in each, by turns`);
    for (let turn = -warmUps; turn < rounds; turn += 1) {
      for (const [index, workload] of [oneWorkload, manyWorkload].entries()) {
        const ms = await create(workload, `placed-${warmUps + turn}`);
        if (turn >= 0) samples[index]?.push(ms);
      }
    }
    const [oneMs = Number.NaN, manyMs = Number.NaN] = samples.map(median);
    return [
      { name: 'POST to 202 with one host, p50', value: oneMs, unit: 'ms' },
      { name: `POST to 202 with ${hosts} hosts, p50`, value: manyMs, unit: 'ms' },
      {
        name: `choosing one of ${hosts} hosts`,
        value: manyMs - oneMs,
        unit: 'ms',
        note: 'the difference',
        target: { below: 5 },
      },
    ];
  },
};

/** To 202; then until it runs, so that the next one is not slowed down by this one's steps. */
async function create({ demo, newServer }: Workload, name: string): Promise<number> {
  type Created = { server: { id: string; status: string } };
  const sentMs = performance.now();
  const { server } = await demo.request<Created>('POST', '/v2.1/servers', 202, newServer(name));
  const ms = performance.now() - sentMs;
  for (;;) {
    const { status } = (await demo.get<Created>(`/v2.1/servers/${server.id}`)).server;
    if (status === 'ACTIVE') return ms;
    if (status === 'ERROR') throw new Error(`server ${server.id} failed`);
  }
}
