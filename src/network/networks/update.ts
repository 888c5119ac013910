import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import { requireActions } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { requireOwner } from '../ownership.ts';
import { hasPortsOfOthers } from '../ports/store.ts';
import { gatewayExistsOn } from '../routers/store.ts';
import type { NewNetwork } from './create.ts';
import type { Network } from './network.ts';
import { findNetwork, updateNetworkRow } from './store.ts';

export type NetworkChange = Omit<NewNetwork, 'projectId'>;

/** @throws NetworkNotFound, InvalidSharedSetting, ExternalNetworkInUse, PolicyNotAuthorized. */
export function updateNetwork(
  context: NetworkContext,
  actor: Actor,
  target: Allowed<Network>,
  change: NetworkChange,
): Promise<Network> {
  requireOwner(actor, target, 'vpc:networks:update');
  const shares = change.shared !== undefined && change.shared !== target.shared;
  if (shares) requireActions(actor, ['vpc:networks:share']);
  const opens = change.external !== undefined && change.external !== target.external;
  if (opens) requireActions(actor, ['vpc:networks:setExternal']);
  return context.transact(async (tx, changes) => {
    const { id } = target;
    if (change.shared === false && (await hasPortsOfOthers(tx, id, target.projectId))) {
      throw networkErrors.invalidSharedSetting({ name: target.name });
    }
    if (change.external === false && (await gatewayExistsOn(tx, id))) {
      throw networkErrors.externalNetworkInUse({ id });
    }
    const columns = {
      name: change.name,
      description: change.description,
      admin_state_up: flag(change.adminStateUp),
      shared: flag(change.shared),
      external: flag(change.external),
      mtu: change.mtu,
      port_security_enabled: flag(change.portSecurityEnabled),
    };
    await updateNetworkRow(tx, id, columns, context.clock.nowMs());
    changes.networks.add(id);
    const updated = await findNetwork(tx, id);
    if (!updated) throw networkErrors.networkNotFound({ id });
    return updated;
  });
}

function flag(value: boolean | undefined): number | undefined {
  return value === undefined ? undefined : value ? 1 : 0;
}
