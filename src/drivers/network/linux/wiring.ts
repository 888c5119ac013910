import { mkdir } from 'node:fs/promises';
import type { Clock } from '#base/clock.ts';
import { openDeviceToGuests, tunDevice } from '#base/guest-devices.ts';
import type { Log } from '#base/log.ts';
import type { Namespace } from './in-namespace.ts';
import { switchNamespace } from './names.ts';
import { PortFilters } from './port-filters.ts';
import { ChainMemory } from './ruleset.ts';
import { openSwitch } from './switch.ts';
import { Turns } from './turns.ts';

export type Uplink = { kind: 'host' } | { kind: 'namespace'; name: string };

export interface LinuxNetworkOptions {
  /** Tells this cloud's wires from those of another on the same host: `[a-z0-9]`, at most 16. */
  instanceId: string;
  /**
   * Holds what must be readable for an unprivileged DHCP server and lives exactly as long as the
   * kernel's namespaces do; default `/run/cumulet/<instanceId>`.
   */
  runFolder?: string;
  clock: Clock;
  log: Log;
  /** Where external networks reach the world: the host itself, or a namespace that tests made. */
  uplink: Uplink;
  /**
   * The instance that serves the networks. Then this one is a further host: its bridges hang on
   * those of that instance, and it has no DHCP, metadata, routers and ways out of its own.
   */
  servedBy?: string;
}

/** What every file of this room is given. */
export interface Wiring {
  instanceId: string;
  runFolder: string;
  /** The switch: one bridge per network, all taps; no address, no forwarding. */
  switch: string;
  uplink: Namespace;
  /** The switch of the instance that serves the networks; null where it is this one. */
  trunk: string | null;
  filters: PortFilters;
  /** Chains of ways out and of routers as they were when they were whole. */
  chains: ChainMemory;
  turns: Turns;
  clock: Clock;
  log: Log;
}

export const networkFolder = (runFolder: string, networkId: string) =>
  `${runFolder}/networks/${networkId}`;
export const routerMarker = (runFolder: string, routerId: string) =>
  `${runFolder}/routers/${routerId}`;
export const portMarker = (runFolder: string, portId: string) => `${runFolder}/ports/${portId}`;

/** Makes the switch or adopts the one that is there. */
export async function openWiring(options: LinuxNetworkOptions): Promise<Wiring> {
  const { instanceId, clock, log, uplink } = options;
  if (!/^[a-z0-9]{1,16}$/.test(instanceId)) {
    throw new TypeError(`instance id is malformed: ${JSON.stringify(instanceId)}`);
  }
  const runFolder = options.runFolder ?? `/run/cumulet/${instanceId}`;
  const turns = new Turns();
  const name = switchNamespace(instanceId);
  await Promise.all(
    ['networks', 'routers', 'ports'].map((kind) =>
      mkdir(`${runFolder}/${kind}`, { recursive: true, mode: 0o755 }),
    ),
  );
  await openDeviceToGuests(log, tunDevice);
  await openSwitch({ switch: name, runFolder });
  const filters = await PortFilters.open(name, turns);
  return {
    instanceId,
    runFolder,
    switch: name,
    uplink: uplink.kind === 'host' ? null : uplink.name,
    trunk: options.servedBy === undefined ? null : switchNamespace(options.servedBy),
    filters,
    chains: new ChainMemory(),
    turns,
    clock,
    log,
  };
}
