import assert from 'node:assert/strict';
import { systemClock } from '#base/clock.ts';
import { ApiError } from '#base/errors.ts';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import type { Database } from '#db/database.ts';
import {
  openSimulatedNetwork,
  SimulatedNetworkHost,
} from '#drivers/network/simulated/simulated-network.ts';
import { createNetwork } from '#network/networks/create.ts';
import type { Port } from '#network/ports/port.ts';
import { createNetworks, type NetworkService } from '#network/service.ts';
import { createSubnet } from '#network/subnets/create.ts';
import { type Actor, actorWithRoles, systemActor } from '#policy/actor.ts';
import { allow } from '#policy/engine.ts';

export const projects = { adminProjectId: 'project-admin', demoProjectId: 'project-demo' };
export const admin = systemActor(projects.adminProjectId);
export const demo: Actor = actorWithRoles(projects.demoProjectId, ['member']);

export async function openService(
  database: Database,
  host = new SimulatedNetworkHost(),
): Promise<NetworkService> {
  const driver = await openSimulatedNetwork(host);
  return createNetworks({
    database,
    clock: systemClock,
    ids: randomIds,
    log: silentLog,
    driver,
    onPortLost: async () => () => undefined,
  });
}

/** A network of demo's with one subnet. */
export async function makeNetwork(service: NetworkService, cidr: string, more: object = {}) {
  const network = await createNetwork(service.context, demo, { name: cidr });
  const wanted = { networkId: network.id, ipVersion: 4 as const, cidr, ...more };
  const subnet = await createSubnet(service.context, demo, wanted);
  return { network, subnet };
}

export function permitted(port: Port) {
  const target = allow(demo, port, () => true);
  assert.ok(target);
  return target;
}

export const refusal = (code: string) => (error: unknown) =>
  error instanceof ApiError && error.code === code;

export function addressesOf(ports: readonly Port[]): string[] {
  return ports.flatMap((port) => port.fixedIps.map((one) => one.address));
}
