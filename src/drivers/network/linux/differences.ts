import type { NetworkInventory, WantedWires } from '../network.ts';
import type { GuestListeners } from './guest-listeners.ts';
import { namespaceExists, readLinks } from './in-namespace.ts';
import { isNetworkWhole, type SwitchView } from './network-wires.ts';
import { isPortWhole } from './port-wires.ts';
import { isRouterWhole } from './router-wires.ts';
import { Ruleset } from './ruleset.ts';
import type { Wiring } from './wiring.ts';

/** What is not as wanted; two looks at the switch, and two at each namespace of what is whole. */
export async function findDiffering(
  wiring: Wiring,
  listeners: GuestListeners,
  wanted: WantedWires,
): Promise<NetworkInventory> {
  if (!(await namespaceExists(wiring.switch))) {
    return {
      networkIds: idsOf(wanted.networks),
      routerIds: idsOf(wanted.routers),
      portIds: idsOf(wanted.ports),
    };
  }
  const [links, ruleset] = await Promise.all([
    readLinks(wiring.switch),
    Ruleset.read(wiring.switch),
  ]);
  const view = { wiring, listeners, links, ruleset };
  return {
    networkIds: await differing(view, wanted.networks, isNetworkWhole),
    routerIds: await differing(view, wanted.routers, isRouterWhole),
    portIds: await differing(view, wanted.ports, isPortWhole),
  };
}

const idsOf = (specs: readonly { id: string }[]) => specs.map(({ id }) => id);

/** One after another: guests and requests come first. */
async function differing<T extends { id: string }>(
  view: SwitchView,
  specs: readonly T[],
  isWhole: (view: SwitchView, spec: T) => Promise<boolean>,
): Promise<string[]> {
  const ids: string[] = [];
  for (const spec of specs) {
    // What cannot be looked at, for it went while we looked, is not as wanted.
    if (!(await isWhole(view, spec).catch(() => false))) ids.push(spec.id);
  }
  return ids;
}
