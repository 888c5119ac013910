import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '#base/process.ts';
import { switchNamespace, tapName } from '#drivers/network/linux/names.ts';
import type { Client } from '#test/client.ts';
import { temporaryState } from '#test/state.ts';
import { processesNaming } from '../../drivers/hypervisor/qemu-fixture.ts';
import { LinuxLab } from '../../drivers/network/linux-lab.ts';
import type { StopAt } from './serve-until-step.ts';
import { ServingProcess } from './serving-process.ts';

/** A cloud on QEMU and Linux wires in a process of its own, which may be killed at one step. */
export class KilledCloud implements AsyncDisposable {
  readonly #state = temporaryState();
  readonly #lab: LinuxLab;
  readonly #serverIds: string[] = [];
  #serving: ServingProcess | undefined;

  private constructor(lab: LinuxLab) {
    this.#lab = lab;
  }

  static async start(stopAt: StopAt): Promise<KilledCloud> {
    const cloud = new KilledCloud(await LinuxLab.make());
    try {
      await cloud.#serve(stopAt);
    } catch (error) {
      await cloud[Symbol.asyncDispose]();
      throw error;
    }
    return cloud;
  }

  /** User `demo` of project `demo`. */
  get demo(): Client {
    if (!this.#serving) throw new Error('the cloud does not serve');
    return this.#serving.demo;
  }

  async untilStep(): Promise<void> {
    await this.#serving?.untilStep();
  }

  /** Kills the process where it stands and serves again in another. */
  async killAndServe(): Promise<void> {
    await this.#kill();
    await this.#serve(null);
  }

  /** Everything on this host and in the API that belongs to the server. */
  async traces(serverId: string, portIds: readonly string[]): Promise<string[]> {
    const folders = await Promise.all(
      ['guests', 'disks'].map(async (name) => {
        const entries = await readdir(join(this.#state.path, name));
        return entries.filter((entry) => entry.includes(serverId));
      }),
    );
    const inSwitch = ['netns', 'exec', switchNamespace(this.#lab.instanceId)];
    const { stdout: links } = await run('ip', [...inSwitch, 'ip', '-oneline', 'link']);
    const { body } = await this.demo.get(`/network/v2.0/ports?device_id=${serverId}`);
    return [
      ...this.processIds(serverId).map((id) => `process ${id}`),
      ...folders.flat(),
      ...portIds.map(tapName).filter((name) => links.includes(name)),
      ...body.ports.map((port: { id: string }) => `port ${port.id}`),
    ];
  }

  processIds(serverId: string): number[] {
    if (!this.#serverIds.includes(serverId)) this.#serverIds.push(serverId);
    return processesNaming(serverId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#kill();
    for (const pid of this.#serverIds.flatMap(processesNaming)) process.kill(pid, 'SIGKILL');
    await this.#lab.close();
    this.#state[Symbol.dispose]();
  }

  async #serve(stopAt: StopAt | null): Promise<void> {
    const { instanceId, uplink } = this.#lab;
    const request = { stateDirectory: this.#state.path, instanceId, uplink, stopAt, config: {} };
    this.#serving = await ServingProcess.start(request);
  }

  async #kill(): Promise<void> {
    await this.#serving?.kill();
    this.#serving = undefined;
  }
}
