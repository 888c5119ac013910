import { mkdirSync } from 'node:fs';
import { Agent } from '#agent/agent.ts';
import { serveAgent } from '#agent/bus/agent-end.ts';
import { fromHost, openInProcessTransport } from '#agent/bus/transport.ts';
import type { ServedHost } from '#base/served-host.ts';
import type { CloudOptions } from '#cloud';
import { openHostDrivers } from './drivers.ts';

export interface HostProcess {
  /** How the host is, one line each. */
  healthLines(): Promise<string[]>;
  /** Lets go of guests and wires without disturbing them. */
  close(): Promise<void>;
}

type Options = Pick<CloudOptions, 'config' | 'clock' | 'ids' | 'log' | 'say'>;

const credentialBytes = 32;

/**
 * Takes charge of what runs on one host, and serves its agent's end of the bus. Only this process
 * hears it: until there is a bus between processes, its credential is known to nobody else.
 */
export async function openHostProcess(options: Options, host: ServedHost): Promise<HostProcess> {
  const { clock, ids, log } = options;
  mkdirSync(host.folder, { recursive: true, mode: 0o700 });
  const drivers = await openHostDrivers(options, host);
  const agent = new Agent({ ...drivers, log });
  const transport = openInProcessTransport();
  let beatMs = clock.nowMs();
  const unhear = transport.subscribe(fromHost(host.name), () => {
    beatMs = clock.nowMs();
  });
  const unfollow = agent.onEvent((event) => log.info({ ...event }, 'a guest has changed'));
  const credential = ids.secret(credentialBytes);
  const stop = serveAgent({ host: host.name, credential, agent, transport, clock, ids, log });
  return {
    healthLines: async () => {
      const powers = (await agent.powers()).map(([, power]) => power);
      const counts = [...new Set(powers)].sort().map((power) => {
        const count = powers.filter((one) => one === power).length;
        return `${count} ${power}`;
      });
      const silentS = Math.round((clock.nowMs() - beatMs) / 1000);
      return [
        `agent: serves host ${host.name}, whose heart beat ${silentS} seconds ago`,
        `guests: ${counts.join(', ') || 'none'}`,
      ];
    },
    close: async () => {
      stop();
      unfollow();
      unhear();
      await drivers.hypervisor.close();
      await drivers.network.close();
    },
  };
}
