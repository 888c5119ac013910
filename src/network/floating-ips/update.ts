import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import type { Permit } from '../for-compute/permit.ts';
import { type AssociationRequest, associationColumns } from './associate.ts';
import { disassociate } from './disassociate.ts';
import { floatingErrors } from './errors.ts';
import type { FloatingIp } from './floating-ip.ts';
import { findFloatingIp, updateFloatingIpRow } from './store.ts';

export interface FloatingIpChange {
  description?: string | undefined;
  /** Null: lent to no port any more; undefined: as it was. */
  association?: AssociationRequest | null | undefined;
}

/** @throws FloatingIPNotFound and what `associationColumns` refuses. */
export function updateFloatingIp(
  context: NetworkContext,
  actor: Actor,
  target: Allowed<FloatingIp>,
  change: FloatingIpChange,
  permit?: Permit,
): Promise<FloatingIp> {
  const { id } = target;
  const { association, description } = change;
  return context.transact(async (tx, changes) => {
    await permit?.(tx);
    const floatingIp = await findFloatingIp(tx, id);
    if (!floatingIp) throw floatingErrors.notFound({ id });
    const nowMs = context.clock.nowMs();
    if (association === null) await disassociate(tx, changes, floatingIp, nowMs);
    if (association) {
      const columns = await associationColumns(tx, actor, floatingIp, association);
      if (floatingIp.association) changes.urgentRouters.add(floatingIp.association.routerId);
      changes.urgentRouters.add(columns.router_id);
      await updateFloatingIpRow(tx, id, { ...columns, status: 'DOWN' }, nowMs);
    }
    if (description !== undefined) await updateFloatingIpRow(tx, id, { description }, nowMs);
    return (await findFloatingIp(tx, id)) ?? floatingIp;
  });
}
