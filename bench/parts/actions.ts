import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BareGuest } from '../cloud/bare-guest.ts';
import { onRealGuests } from '../cloud/real-cloud.ts';
import { prepareWorkload, type Workload } from '../cloud/workload.ts';
import type { Figure, Part } from '../figure.ts';
import { median } from '../samples.ts';
import { act, ask, budgetMs, figuresOf, note, show, type Taken, timed } from './acting.ts';
import { standing, stepsOf } from './action-steps.ts';

const rounds = 5;
const manyServers = 10;
const roundsOfMany = 3;
/** After a start the firmware of an emulated guest keeps a whole core busy for about so long. */
const restMs = 1_000;

/** Guests on an empty disk: their firmware waits for ever, and no button ends them. */
export const actionsPart: Part = {
  name: 'actions',
  describe: 'what pause, suspend, resize and the like take, beside the same on a bare QEMU',
  run: (say) =>
    onRealGuests({}, async ({ cloud, state, acceleration }) => {
      using workload = await prepareWorkload(cloud);
      await workload.fill(1);
      const bareFolder = join(state.path, 'bare');
      mkdirSync(bareFolder, { recursive: true });
      const bare = new BareGuest(bareFolder, acceleration);
      try {
        const taken = await compare(workload, bare, say);
        return [
          ...figuresOf(taken),
          ...(await sideBySide(workload, taken, say)),
          await besideASlowOne(workload, say),
        ];
      } finally {
        bare.close();
      }
    }),
};

/** By turns, so that both meet the same weather; the first round warms up and does not count. */
async function compare(
  workload: Workload,
  bare: BareGuest,
  say: (line: string) => void,
): Promise<Taken> {
  const [id = ''] = await workload.serverIds();
  const taken: Taken = new Map();
  await bare.start();
  for (let round = 0; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`);
    for (const step of await stepsOf(workload, round)) {
      await sleep(restMs);
      const cloudMs = await timed(() => act(workload.demo, id, step));
      const bareMs = await timed(() => bare[step.name]());
      if (round === 0) continue;
      note(taken, step.name, cloudMs, bareMs);
    }
  }
  return taken;
}

async function sideBySide(
  workload: Workload,
  taken: Taken,
  say: (line: string) => void,
): Promise<Figure[]> {
  const { demo } = workload;
  say(`${manyServers} servers side by side`);
  await workload.fill(manyServers - 1);
  const ids = await workload.serverIds();
  // A connection carries one request at a time.
  const each = await Promise.all(ids.map(async (id) => [id, await demo.another()] as const));
  // Their firmware is busy for a while, all on the same cores; that is no part of a pause.
  await sleep(manyServers * restMs);
  const samples = new Map<string, number[]>();
  for (let round = 0; round <= roundsOfMany; round += 1) {
    for (const step of Object.values(standing)) {
      const ms = await timed(() => Promise.all(each.map(([id, client]) => act(client, id, step))));
      // The first round warms up, as it does for one alone.
      if (round > 0) samples.set(step.name, [...(samples.get(step.name) ?? []), ms]);
    }
  }
  const figures = [...samples].map(([name, ms]): Figure => {
    // One after another they would take so long.
    const alone = median(taken.get(name)?.cloud ?? []);
    const target = { below: Math.round(manyServers * alone) };
    const title = `${name}, ${manyServers} servers until all are done`;
    return { name: title, value: median(ms), unit: 'ms', target };
  });
  for (const [, client] of each) client.close();
  return figures;
}

/** One is asked by its power button, in vain, while another is paused. */
async function besideASlowOne(workload: Workload, say: (line: string) => void): Promise<Figure> {
  say('beside one that ignores its power button');
  const [slow = '', quick = ''] = await workload.serverIds();
  await ask(workload.demo, slow, { 'os-stop': null });
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    samples.push(await timed(() => act(workload.demo, quick, standing.pause)));
    await act(workload.demo, quick, standing.unpause);
  }
  const { server } = await show(workload.demo, slow);
  if (server['OS-EXT-STS:task_state'] !== 'powering-off') throw new Error('it was not slow');
  // Otherwise the end of the measurement would wait for it.
  await workload.demo.request('DELETE', `/v2.1/servers/${slow}`, 204);
  const target = { below: budgetMs };
  return {
    name: 'pause, beside a guest that will not stop',
    value: median(samples),
    unit: 'ms',
    target,
  };
}
