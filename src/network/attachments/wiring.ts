import type { Queries } from '#db/database.ts';
import type { NetworkSpec, PortSpec } from '#drivers/network/network.ts';
import { findNetwork } from '../networks/store.ts';
import { findPort } from '../ports/store.ts';
import { resolveRules } from '../reconcilers/rules.ts';
import { networkSpec, portSpec } from '../reconcilers/specs.ts';

export interface Wiring {
  network: NetworkSpec;
  port: PortSpec;
}

/** What the agent gives the driver to wire a port; undefined for a port that is gone. */
export async function wiringOf(db: Queries, portId: string): Promise<Wiring | undefined> {
  const port = await findPort(db, portId);
  const row = port && (await findNetwork(db, port.networkId));
  const network = port && (await networkSpec(db, port.networkId));
  if (!port || !row || !network) return undefined;
  const rules = await resolveRules(db, port.securityGroupIds);
  return { network, port: portSpec(port, rules, row.adminStateUp) };
}
