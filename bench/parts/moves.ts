import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../cloud/bare-guest.ts';
import { BarePair } from '../cloud/bare-pair.ts';
import { onRealGuests } from '../cloud/real-cloud.ts';
import { prepareWorkload } from '../cloud/workload.ts';
import type { Part } from '../figure.ts';
import type { Client } from '../http/client.ts';
import { act, figuresOf, note, type Taken, timed } from './acting.ts';

const rounds = 5;
/** After a start the firmware of an emulated guest keeps a whole core busy for about so long. */
const restMs = 1_000;

/** Two hosts on this machine, with folders, guests and disks of their own. */
export const moves: Part = {
  name: 'moves',
  describe: 'os-migrateLive and evacuate between two hosts, beside the same on bare QEMUs',
  run: (say) =>
    onRealGuests({ CUMULET_HOSTS: '2' }, async ({ cloud, state, acceleration }) => {
      using workload = await prepareWorkload(cloud);
      await workload.fill(1);
      const [id = ''] = await workload.serverIds();
      const bare = new BarePair(join(state.path, 'bare'), acceleration);
      try {
        return figuresOf(await compare(new Moved(workload.admin, id), bare, say));
      } finally {
        bare.close();
      }
    }),
};

/** Its name, through the cloud, by hand, and what is left to do when the guest runs on. */
type Step = [string, () => Promise<number>, () => Promise<void>, () => Promise<void>];

/** By turns, so that both meet the same weather; the first round warms up and does not count. */
async function compare(cloud: Moved, bare: BarePair, say: (line: string) => void): Promise<Taken> {
  const taken: Taken = new Map();
  await bare.start();
  for (let round = 0; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`);
    await sleep(restMs);
    const steps: Step[] = [
      ['os-migrateLive', () => cloud.migrateLive(), () => bare.migrateLive(), () => bare.leave()],
      ['evacuate', () => cloud.evacuate(), () => bare.evacuate(), async () => undefined],
    ];
    for (const [name, throughCloud, byHand, clearUp] of steps) {
      const cloudMs = await throughCloud();
      await sleep(restMs);
      const bareMs = await timed(byHand);
      await clearUp();
      await sleep(restMs);
      if (round > 0) note(taken, name, cloudMs, bareMs);
    }
  }
  return taken;
}

/** The server through the cloud, as an administrator moves it. */
class Moved {
  readonly #admin: Client;
  readonly #id: string;

  constructor(admin: Client, id: string) {
    this.#admin = admin;
    this.#id = id;
  }

  migrateLive(): Promise<number> {
    const body = { 'os-migrateLive': { host: null, block_migration: 'auto' } };
    return this.#leave({ name: 'os-migrateLive', body, ends: 'active', microversion: '2.34' });
  }

  /** The host counts as down by an administrator's word, although its guest still runs. */
  async evacuate(): Promise<number> {
    const host = await this.#host();
    await this.#sayDown(host, true);
    const step = { name: 'evacuate', body: { evacuate: {} }, ends: 'active', status: 200 };
    const tookMs = await this.#leave({ ...step, microversion: '2.94' });
    await this.#sayDown(host, false);
    await until('the host does not come back', async () => {
      return (await this.#service(host)).state === 'up' && (await this.#isGivenUp());
    });
    return tookMs;
  }

  /** A move that failed leaves a server that looks well, on the host that it was to leave. */
  async #leave(step: Parameters<typeof act>[2]): Promise<number> {
    const before = await this.#host();
    const tookMs = await timed(() => act(this.#admin, this.#id, step));
    if ((await this.#host()) === before) throw new Error(`${step.name} has moved nothing`);
    return tookMs;
  }

  /** Until the former host has removed what it had of the server, nothing goes there. */
  async #isGivenUp(): Promise<boolean> {
    type List = { migrations: { status: string }[] };
    const path = `/v2.1/os-migrations?instance_uuid=${this.#id}&migration_type=evacuation`;
    const { migrations } = await this.#admin.get<List>(path, '2.23');
    return migrations.every(({ status }) => status === 'completed');
  }

  async #host(): Promise<string> {
    type Shown = { server: { 'OS-EXT-SRV-ATTR:host': string } };
    const { server } = await this.#admin.get<Shown>(`/v2.1/servers/${this.#id}`);
    return server['OS-EXT-SRV-ATTR:host'];
  }

  async #sayDown(host: string, isDown: boolean): Promise<void> {
    const path = `/v2.1/os-services/${(await this.#service(host)).id}`;
    await this.#admin.request('PUT', path, 200, { forced_down: isDown }, '2.53');
  }

  async #service(host: string) {
    type List = { services: { id: string; state: string }[] };
    const path = `/v2.1/os-services?binary=nova-compute&host=${host}`;
    const { services } = await this.#admin.get<List>(path, '2.53');
    if (!services[0]) throw new Error(`there is no host ${host}`);
    return services[0];
  }
}
