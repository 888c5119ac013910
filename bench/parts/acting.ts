import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../figure.ts';
import type { Client } from '../http/client.ts';
import { median } from '../samples.ts';

const pollMs = 2;
const deadlineMs = 60_000;
/** What the cloud may add to what QEMU takes by itself. */
export const budgetMs = 150;

/** How long each action took, with the cloud and without. */
export type Taken = Map<string, { cloud: number[]; bare: number[] }>;

interface Asked {
  name: string;
  body: object;
  /** What the server is when it is over. */
  ends: string;
  status?: number;
  microversion?: string;
}

export function note(taken: Taken, name: string, cloudMs: number, bareMs: number): void {
  const samples = taken.get(name) ?? { cloud: [], bare: [] };
  samples.cloud.push(cloudMs);
  samples.bare.push(bareMs);
  taken.set(name, samples);
}

export function figuresOf(taken: Taken): Figure[] {
  return [...taken].flatMap(([name, samples]): Figure[] => {
    const [cloudMs, bareMs] = [median(samples.cloud), median(samples.bare)];
    const target = { below: budgetMs };
    const note = `median of ${samples.cloud.length}`;
    return [
      { name: `${name}, POST until it is over`, value: cloudMs, unit: 'ms', note },
      { name: `${name}, bare QEMU`, value: bareMs, unit: 'ms', note },
      { name: `${name}, added to bare QEMU`, value: cloudMs - bareMs, unit: 'ms', target },
    ];
  });
}

/** Asks for an action, and waits until the server is what it is to be. */
export async function act(client: Client, id: string, step: Asked): Promise<void> {
  await ask(client, id, step.body, step.status, step.microversion);
  const endMs = performance.now() + deadlineMs;
  for (;;) {
    const { server } = await show(client, id);
    if (server['OS-EXT-STS:task_state'] === null) {
      const state = server['OS-EXT-STS:vm_state'];
      if (state === step.ends) return;
      if (state === 'error') throw new Error(`${step.name} has failed`);
    }
    if (performance.now() > endMs) throw new Error(`${step.name} does not come to its end`);
    await sleep(pollMs);
  }
}

export async function ask(
  client: Client,
  id: string,
  body: object,
  status = 202,
  microversion?: string,
): Promise<void> {
  await client.request('POST', `/v2.1/servers/${id}/action`, status, body, microversion);
}

export function show(client: Client, id: string) {
  type States = { 'OS-EXT-STS:task_state': string | null; 'OS-EXT-STS:vm_state': string };
  return client.get<{ server: States }>(`/v2.1/servers/${id}`);
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const sentMs = performance.now();
  await work();
  return performance.now() - sentMs;
}
