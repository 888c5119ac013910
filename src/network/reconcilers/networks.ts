import { allNetworkIds, findNetwork } from '../networks/store.ts';
import { findDhcpPort, setStatus } from '../ports/store.ts';
import { eachPending, type ReconcileTools } from './pending.ts';
import { removeStrayPorts } from './port-filters.ts';
import { networkSpec } from './specs.ts';

/** Every network that should or does exist on the host. */
export async function allNetworks(tools: ReconcileTools): Promise<string[]> {
  const { networkIds } = await tools.driver.inventory();
  return [...networkIds, ...(await allNetworkIds(tools.database.queries))];
}

/** Makes the host's networks equal to the database's, as far as they exist there. */
export async function ensureNetworks(
  tools: ReconcileTools,
  pending: Set<string>,
  between?: () => Promise<void>,
): Promise<void> {
  await eachPending(pending, (id) => ensureNetwork(tools, id), between);
}

async function ensureNetwork(
  { database, driver }: ReconcileTools,
  id: string,
): Promise<'done' | 'later'> {
  const spec = await networkSpec(database.queries, id);
  // One that is gone waits for `removeNetworks`, after the routers have let go of it.
  if (!spec) return 'later';
  await driver.ensureNetwork(spec);
  const dhcpPort = await findDhcpPort(database.queries, id);
  if (dhcpPort) await setStatus(database.queries, dhcpPort.id, 'ACTIVE');
  return 'done';
}

/** Takes away what the database does not know any more, with ports that were left on it. */
export async function removeNetworks(
  tools: ReconcileTools,
  pending: Set<string>,
  between?: () => Promise<void>,
): Promise<void> {
  if (pending.size === 0) return;
  await removeStrayPorts(tools);
  const remove = async (id: string) => {
    if (await findNetwork(tools.database.queries, id)) return 'later';
    await tools.driver.removeNetwork(id);
    return 'done';
  };
  await eachPending(pending, remove, between);
}
