import { randomBytes } from 'node:crypto';
import { existsSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '#base/clock.ts';
import type { Config } from '#base/config.ts';
import { silentLog } from '#base/log.ts';
import { hostFolder } from '#base/served-host.ts';
import {
  ensureNamespace,
  readLinks,
  removeNamespace,
} from '#drivers/network/linux/in-namespace.ts';
import { openLinuxNetwork } from '#drivers/network/linux/linux-network.ts';
import { switchNamespace } from '#drivers/network/linux/names.ts';
import { temporaryState } from '#test/state.ts';
import { instanceOf } from '../../../src/cloud/linux-options.ts';
import { processesNaming } from '../../drivers/hypervisor/qemu-fixture.ts';
import { tinyImage } from '../tiny-guest.ts';
import type { StopAt } from './serve-until-step.ts';
import { ServingProcess } from './serving-process.ts';

const names = ['east', 'west'];

/** What of a server is on one host. */
export interface Holdings {
  host: string;
  /** Its process ids. */
  guests: number[];
  hasFolder: boolean;
  hasDisk: boolean;
  taps: number;
}

/** Two real hosts on this machine, served by one process after the other. */
export class KilledHosts implements AsyncDisposable {
  readonly #state = temporaryState();
  readonly #uplink = `test-uplink-k${randomBytes(4).toString('hex')}`;
  readonly #serverIds = new Set<string>();
  #serving: ServingProcess | undefined;

  static async make(): Promise<KilledHosts> {
    const hosts = new KilledHosts();
    await ensureNamespace(hosts.#uplink);
    return hosts;
  }

  get stateDirectory(): string {
    return this.#state.path;
  }

  /** All that the hosts' namespaces and files are named after. */
  get instances(): string[] {
    return this.#folders.map(instanceOf);
  }

  get serving(): ServingProcess {
    if (!this.#serving) throw new Error('nobody serves');
    return this.#serving;
  }

  async serve(stopAt: StopAt | null, config: Partial<Config> = {}): Promise<ServingProcess> {
    await this.kill();
    const hosts = names.map((name) => ({ name, zone: 'nova' }));
    this.#serving = await ServingProcess.start({
      stateDirectory: this.#state.path,
      instanceId: null,
      uplink: this.#uplink,
      stopAt,
      config: { ...config, hosts, tinyImage: await tinyImage() },
    });
    return this.#serving;
  }

  /** Nothing of it is told: neither to the hosts nor to the guests. */
  async kill(): Promise<void> {
    await this.#serving?.kill();
    this.#serving = undefined;
  }

  /** Looked at from outside, whoever serves. */
  async holdings(serverId: string): Promise<Holdings[]> {
    this.#serverIds.add(serverId);
    const processes = processesNaming(serverId);
    return Promise.all(
      names.map(async (host) => {
        const folder = hostFolder(this.#state.path, host);
        const guest = join(folder, 'guests', serverId);
        return {
          host,
          guests: processes.filter((id) => readlinkSync(`/proc/${id}/cwd`).startsWith(guest)),
          hasFolder: existsSync(guest),
          hasDisk: existsSync(join(folder, 'disks', `${serverId}.qcow2`)),
          taps: await this.#taps(host),
        };
      }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    for (const pid of [...this.#serverIds].flatMap(processesNaming)) process.kill(pid, 'SIGKILL');
    for (const instanceId of this.instances.toReversed()) {
      const uplink = { kind: 'namespace', name: this.#uplink } as const;
      const options = { instanceId, clock: systemClock, log: silentLog, uplink };
      const network = await openLinuxNetwork(options);
      await network.removeAll();
      await network.close();
    }
    await removeNamespace(this.#uplink);
    this.#state[Symbol.dispose]();
  }

  get #folders(): string[] {
    return [this.#state.path, ...names.slice(1).map((name) => hostFolder(this.#state.path, name))];
  }

  /** The first host's switch is the one that serves the networks. */
  async #taps(host: string): Promise<number> {
    const instance = this.instances[names.indexOf(host)] ?? '';
    const links = await readLinks(switchNamespace(instance));
    return links.filter(({ ifname }) => ifname.startsWith('tap')).length;
  }
}
