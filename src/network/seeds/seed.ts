import { type Actor, systemActor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import { createNetwork } from '../networks/create.ts';
import { createRouter } from '../routers/create.ts';
import { addRouterInterface } from '../routers/interfaces.ts';
import type { Router } from '../routers/router.ts';
import { ensureDefaultGroup } from '../security-groups/ensure-default.ts';
import { createSubnet } from '../subnets/create.ts';
import { isSeeded, recordSeed } from './store.ts';

export interface SeedRequest {
  adminProjectId: string;
  demoProjectId: string;
}

const topology = 'first-topology';

/**
 * What the first start makes: `private`, on which everyone may put servers, `public`, which leads
 * out, and a router between them. What users delete later stays deleted.
 */
export async function seedNetworks(context: NetworkContext, request: SeedRequest): Promise<void> {
  await ensureDefaultGroup(context, request.adminProjectId);
  await ensureDefaultGroup(context, request.demoProjectId);
  if (await isSeeded(context.database.queries, topology)) return;
  // One transaction, so that a start which is cut short leaves all of it or nothing.
  await context.transact((tx, changes) =>
    makeTopology({ ...context, transact: (work) => work(tx, changes) }, request).then(() =>
      recordSeed(tx, topology),
    ),
  );
}

async function makeTopology(context: NetworkContext, request: SeedRequest): Promise<void> {
  const admin = systemActor(request.adminProjectId);
  const demo = systemActor(request.demoProjectId);
  const publicId = await makePublic(context, admin);
  const network = await createNetwork(context, demo, {
    name: 'private',
    description: 'Shared by all projects; leads out through the router.',
    shared: true,
  });
  const subnet = await createSubnet(context, demo, {
    networkId: network.id,
    name: 'private-subnet',
    ipVersion: 4,
    cidr: '10.42.0.0/16',
    gatewayIp: '10.42.0.1',
  });
  const router = await createRouter(context, demo, {
    name: 'router',
    externalGateway: { networkId: publicId },
  });
  // The actor is the cloud itself, which may do anything to what it has just made.
  await addRouterInterface(context, demo, router as Allowed<Router>, { subnetId: subnet.id });
}

async function makePublic(context: NetworkContext, admin: Actor): Promise<string> {
  const network = await createNetwork(context, admin, {
    name: 'public',
    description: 'Leads out of the cloud.',
    external: true,
  });
  await createSubnet(context, admin, {
    networkId: network.id,
    name: 'public-subnet',
    ipVersion: 4,
    cidr: '172.24.4.0/24',
    gatewayIp: '172.24.4.1',
    enableDhcp: false,
  });
  return network.id;
}
