import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import { createFloatingIp } from '../floating-ips/create.ts';
import { deleteFloatingIp } from '../floating-ips/delete.ts';
import type { FloatingIp } from '../floating-ips/floating-ip.ts';
import { findFloatingIp, projectFloatingIps } from '../floating-ips/store.ts';
import { updateFloatingIp } from '../floating-ips/update.ts';
import { findNetworks } from '../networks/store.ts';
import { findPorts } from '../ports/store.ts';
import { proxyErrors } from './errors.ts';
import type { Permit } from './permit.ts';

/** A floating IP with what compute shows of its surroundings. */
export interface FloatingIpView {
  floatingIp: FloatingIp;
  poolName: string;
  serverId: string | null;
}

export interface FloatingIpDesk {
  /** A project's, oldest first. */
  list(projectId: string): Promise<FloatingIp[]>;
  find(id: string): Promise<FloatingIp | undefined>;
  views(floatingIps: readonly FloatingIp[]): Promise<FloatingIpView[]>;
  create(actor: Actor, networkId: string): Promise<FloatingIp>;
  delete(target: Allowed<FloatingIp>): Promise<void>;
  /** Lends it to a port's address, or to none. @throws what Neutron refuses. */
  associate(
    actor: Actor,
    target: Allowed<FloatingIp>,
    association: { portId: string; fixedAddress: string } | null,
    permit: Permit,
  ): Promise<FloatingIp>;
}

export function floatingIpDesk(context: NetworkContext): FloatingIpDesk {
  const db = context.database.queries;
  return {
    list: (projectId) => projectFloatingIps(db, projectId),
    find: (id) => findFloatingIp(db, id),
    views: async (floatingIps) => {
      const networkIds = [...new Set(floatingIps.map((one) => one.networkId))];
      const names = new Map((await findNetworks(db, networkIds)).map((one) => [one.id, one.name]));
      const portIds = floatingIps.flatMap((one) => one.association?.portId ?? []);
      const ports = new Map((await findPorts(db, portIds)).map((port) => [port.id, port]));
      return floatingIps.map((floatingIp) => {
        const port = ports.get(floatingIp.association?.portId ?? '');
        const poolName = names.get(floatingIp.networkId) || floatingIp.networkId;
        return { floatingIp, poolName, serverId: port?.serverId ?? null };
      });
    },
    create: (actor, networkId) => createFloatingIp(context, actor, { networkId }, proxyErrors),
    delete: (target) => deleteFloatingIp(context, target),
    associate: (actor, target, association, permit) =>
      updateFloatingIp(context, actor, target, { association }, permit),
  };
}
