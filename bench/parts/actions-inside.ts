import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../cloud/bare-guest.ts';
import { BareSystem } from '../cloud/bare-system.ts';
import { onTinyGuests } from '../cloud/real-cloud.ts';
import { countOnConsole, makeTinyServer, tellOfAgent } from '../cloud/tiny-server.ts';
import type { Part } from '../figure.ts';
import type { Client } from '../http/client.ts';
import { act, ask, figuresOf, note, type Taken, timed } from './acting.ts';

const rounds = 5;
/** So long a guest may be busy with its new card: a request that comes meanwhile is forgotten. */
const restMs = 3_000;

/** Each asks something of the system inside, which both sides then wait for alike. */
export const actionsInside: Part = {
  name: 'inside',
  describe: 'reboot SOFT, changePassword, crash dump and hot plug, beside a bare QEMU (needs tiny)',
  run: (say) =>
    onTinyGuests(say, {}, async ({ cloud, state, acceleration, image }) => {
      await tellOfAgent(cloud);
      const demo = await cloud.logIn('demo');
      const folder = join(state.path, 'bare');
      mkdirSync(folder, { recursive: true });
      const bare = new BareSystem(folder, acceleration, image);
      try {
        return figuresOf(await compare(new Inside(demo, await makeTinyServer(demo)), bare, say));
      } finally {
        bare.close();
        demo.close();
      }
    }),
};

/** By turns, so that both meet the same weather; the first round warms up and does not count. */
async function compare(
  cloud: Inside,
  bare: BareSystem,
  say: (line: string) => void,
): Promise<Taken> {
  const taken: Taken = new Map();
  const steps: [string, () => Promise<void>, () => Promise<void>][] = [
    ['attach an interface', () => cloud.attach(), () => bare.attach()],
    ['detach an interface', () => cloud.detach(), () => bare.detach()],
    ['changePassword', () => cloud.changePassword(), () => bare.changePassword('measured-5')],
    ['trigger_crash_dump', () => cloud.crashDump(), () => bare.crashDump()],
    ['reboot SOFT', () => cloud.softReboot(), () => bare.softReboot()],
  ];
  await bare.start();
  for (let round = 0; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`);
    await Promise.all([cloud.isReady(), bare.isReady()]);
    for (const [name, throughCloud, byHand] of steps) {
      await sleep(restMs);
      const cloudMs = await timed(throughCloud);
      // What has begun to boot would share the processor with the other side's guest.
      if (name === 'reboot SOFT') await cloud.isReady();
      const bareMs = await timed(byHand);
      if (round > 0) note(taken, name, cloudMs, bareMs);
    }
  }
  return taken;
}

/** The server through the cloud. */
class Inside {
  readonly #demo: Client;
  readonly #id: string;
  #portId = '';
  #boots = 1;

  constructor(demo: Client, id: string) {
    this.#demo = demo;
    this.#id = id;
  }

  async isReady(): Promise<void> {
    await until(
      'the guest does not boot',
      async () => (await this.#count('tiny: ready')) >= this.#boots,
    );
  }

  softReboot(): Promise<void> {
    this.#boots += 1;
    const body = { reboot: { type: 'SOFT' } };
    return act(this.#demo, this.#id, { name: 'reboot', body, ends: 'active' });
  }

  changePassword(): Promise<void> {
    const body = { changePassword: { adminPass: 'measured-5' } };
    return act(this.#demo, this.#id, { name: 'changePassword', body, ends: 'active' });
  }

  async crashDump(): Promise<void> {
    const known = await this.#count('NMI received');
    await ask(this.#demo, this.#id, { trigger_crash_dump: null }, 202, '2.17');
    await until('no NMI came', async () => (await this.#count('NMI received')) > known);
  }

  async attach(): Promise<void> {
    type Attached = { interfaceAttachment: { port_id: string } };
    const body = { interfaceAttachment: {} };
    const made = await this.#demo.request<Attached>('POST', this.#interfaces(), 200, body);
    this.#portId = made.interfaceAttachment.port_id;
    await until('the port does not come up', async () => {
      return (await this.#states()).get(this.#portId) === 'ACTIVE';
    });
  }

  async detach(): Promise<void> {
    await this.#demo.request('DELETE', `${this.#interfaces()}/${this.#portId}`, 202);
    await until('the guest keeps its card', async () => {
      return !(await this.#states()).has(this.#portId);
    });
  }

  async #states(): Promise<Map<string, string>> {
    type List = { interfaceAttachments: { port_id: string; port_state: string }[] };
    const { interfaceAttachments: list } = await this.#demo.get<List>(this.#interfaces());
    return new Map(list.map((one) => [one.port_id, one.port_state]));
  }

  #interfaces(): string {
    return `/v2.1/servers/${this.#id}/os-interface`;
  }

  #count(text: string): Promise<number> {
    return countOnConsole(this.#demo, this.#id, text);
  }
}
