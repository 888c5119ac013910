import { setImmediate as othersHadTheirTurn } from 'node:timers/promises';
import type { PortSpec } from '#drivers/network/network.ts';
import type { Changes } from '../changes.ts';
import { findNetworks } from '../networks/store.ts';
import type { Port } from '../ports/port.ts';
import { findPorts, serverPortIds } from '../ports/store.ts';
import { groupsThatName } from '../security-group-rules/store.ts';
import { memberPortIds } from '../security-groups/store.ts';
import type { ReconcileTools } from './pending.ts';
import { resolveRules } from './rules.ts';
import { portSpec } from './specs.ts';

/** Ports looked at in one query; databases limit the parameters of one. */
const sliceSize = 500;

type Pending = Pick<Changes, 'ports' | 'urgentPorts' | 'groups'>;

/**
 * Brings the filters of plugged ports up to date with their groups, the members of groups that
 * their rules name, and their own attributes. What fails stays pending.
 */
export async function reconcilePortFilters(tools: ReconcileTools, pending: Pending): Promise<void> {
  const groups = [...pending.groups];
  const own = [...pending.ports];
  pending.groups.clear();
  pending.ports.clear();
  // What is done from here on knows all that was pending, and need not be done again.
  const done = new Set<string>();
  try {
    await doUrgentPorts(tools, pending, done);
    const naming = await groupsThatName(tools.database.queries, groups);
    const members = await memberPortIds(tools.database.queries, [...groups, ...naming]);
    const all = [...new Set([...own, ...members])];
    const named = new Set(own);
    for (const slice of slicesOf(all)) {
      const between = () => doUrgentPorts(tools, pending, done);
      await updatePorts(tools, slice, { named, done, between });
    }
  } catch (error) {
    for (const id of groups) pending.groups.add(id);
    for (const id of own) pending.ports.add(id);
    throw error;
  }
}

async function doUrgentPorts(
  tools: ReconcileTools,
  pending: Pending,
  done: Set<string>,
): Promise<void> {
  if (pending.urgentPorts.size === 0) return;
  for (const id of await reconcileUrgentPorts(tools, pending)) done.add(id);
}

/** The same for ports of which somebody waits for the change. @returns their ids */
export async function reconcileUrgentPorts(
  tools: ReconcileTools,
  pending: Pick<Changes, 'urgentPorts'>,
): Promise<string[]> {
  const urgent = [...pending.urgentPorts];
  pending.urgentPorts.clear();
  try {
    const named = new Set(urgent);
    for (const slice of slicesOf(urgent)) await updatePorts(tools, slice, { named });
  } catch (error) {
    for (const id of urgent) pending.urgentPorts.add(id);
    throw error;
  }
  return urgent;
}

interface UpdateOptions {
  /** Ports that were marked themselves: those of them that are gone are unplugged. */
  named: ReadonlySet<string>;
  /** Ports that were made equal to something newer meanwhile. */
  done?: ReadonlySet<string>;
  /** Called before each port. */
  between?: () => Promise<void>;
}

async function updatePorts(
  tools: ReconcileTools,
  ids: readonly string[],
  { named, done, between }: UpdateOptions,
): Promise<void> {
  const found = await findPorts(tools.database.queries, ids);
  const plugged = found.filter(isPlugged);
  const specOf = plugged.length > 0 ? await specsFor(tools, plugged) : undefined;
  for (const port of plugged) {
    await between?.();
    if (specOf && !done?.has(port.id)) await tools.driver.updatePort(specOf(port));
  }
  const known = new Set(found.map((port) => port.id));
  for (const id of ids) {
    if (named.has(id) && !known.has(id)) await tools.driver.unplugPort(id);
  }
}

/** What those of these ports that are plugged should be like. */
export async function pluggedSpecs(
  tools: ReconcileTools,
  ids: readonly string[],
): Promise<PortSpec[]> {
  const specs: PortSpec[] = [];
  for (const slice of slicesOf(ids)) {
    const plugged = (await findPorts(tools.database.queries, slice)).filter(isPlugged);
    if (plugged.length > 0) specs.push(...plugged.map(await specsFor(tools, plugged)));
    await othersHadTheirTurn();
  }
  return specs;
}

function slicesOf(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / sliceSize);
  return Array.from({ length: count }, (_, index) =>
    ids.slice(index * sliceSize, (index + 1) * sliceSize),
  );
}

/** One that is being plugged is looked at once more when it is reported as active. */
function isPlugged(port: Port): boolean {
  return port.serverId !== null && port.status === 'ACTIVE';
}

/** What the driver is to make of each of these ports, as everything is now. */
async function specsFor(
  tools: ReconcileTools,
  ports: readonly Port[],
): Promise<(port: Port) => PortSpec> {
  const db = tools.database.queries;
  const groupIds = new Set(ports.flatMap((port) => port.securityGroupIds));
  const rules = await resolveRules(db, [...groupIds]);
  const networkIds = new Set(ports.map((port) => port.networkId));
  const networks = await findNetworks(db, [...networkIds]);
  const upIds = new Set(networks.filter((one) => one.adminStateUp).map((one) => one.id));
  return (port) => portSpec(port, rules, upIds.has(port.networkId));
}

/** Every port that a server has; those not plugged are passed over. */
export function allServerPorts(tools: ReconcileTools): Promise<string[]> {
  return serverPortIds(tools.database.queries);
}

/** Unplugs what the host has and the database does not: left over by a crash, or deleted. */
export async function removeStrayPorts(tools: ReconcileTools): Promise<void> {
  const { portIds } = await tools.driver.inventory();
  for (const slice of slicesOf(portIds)) {
    const known = new Set((await findPorts(tools.database.queries, slice)).map((port) => port.id));
    for (const id of slice) if (!known.has(id)) await tools.driver.unplugPort(id);
  }
}
