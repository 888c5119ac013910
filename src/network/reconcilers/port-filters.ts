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

/**
 * Brings the filters of plugged ports up to date with their groups, the members of groups that
 * their rules name, and their own attributes. What fails stays pending.
 */
export async function reconcilePortFilters(
  tools: ReconcileTools,
  pending: Pick<Changes, 'ports' | 'groups'>,
): Promise<void> {
  const groups = [...pending.groups];
  const own = [...pending.ports];
  pending.groups.clear();
  pending.ports.clear();
  try {
    const naming = await groupsThatName(tools.database.queries, groups);
    const members = await memberPortIds(tools.database.queries, [...groups, ...naming]);
    await updatePorts(tools, new Set([...own, ...members]), new Set(own));
  } catch (error) {
    for (const id of groups) pending.groups.add(id);
    for (const id of own) pending.ports.add(id);
    throw error;
  }
}

/** @param named ports that were marked themselves: those of them that are gone are unplugged. */
async function updatePorts(
  tools: ReconcileTools,
  ids: ReadonlySet<string>,
  named: ReadonlySet<string>,
): Promise<void> {
  const all = [...ids];
  for (let start = 0; start < all.length; start += sliceSize) {
    const slice = all.slice(start, start + sliceSize);
    const ports = await findPorts(tools.database.queries, slice);
    await updatePlugged(tools, ports.filter(isPlugged));
    const found = new Set(ports.map((port) => port.id));
    for (const id of slice) {
      if (named.has(id) && !found.has(id)) await tools.driver.unplugPort(id);
    }
  }
}

/** One that is being plugged is looked at once more when it is reported as active. */
function isPlugged(port: Port): boolean {
  return port.serverId !== null && port.status === 'ACTIVE';
}

async function updatePlugged(tools: ReconcileTools, ports: readonly Port[]): Promise<void> {
  if (ports.length === 0) return;
  const db = tools.database.queries;
  const groupIds = new Set(ports.flatMap((port) => port.securityGroupIds));
  const rules = await resolveRules(db, [...groupIds]);
  const networkIds = new Set(ports.map((port) => port.networkId));
  const networks = await findNetworks(db, [...networkIds]);
  const upIds = new Set(networks.filter((one) => one.adminStateUp).map((one) => one.id));
  for (const port of ports) {
    await tools.driver.updatePort(portSpec(port, rules, upIds.has(port.networkId)));
  }
}

/** Every port that a server has; those not plugged are passed over. */
export function allServerPorts(tools: ReconcileTools): Promise<string[]> {
  return serverPortIds(tools.database.queries);
}

/** Unplugs what the host has and the database does not: left over by a crash, or deleted. */
export async function removeStrayPorts(tools: ReconcileTools): Promise<void> {
  const { portIds } = await tools.driver.inventory();
  for (let start = 0; start < portIds.length; start += sliceSize) {
    const slice = portIds.slice(start, start + sliceSize);
    const known = new Set((await findPorts(tools.database.queries, slice)).map((port) => port.id));
    for (const id of slice) if (!known.has(id)) await tools.driver.unplugPort(id);
  }
}
