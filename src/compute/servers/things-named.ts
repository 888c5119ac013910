import { flavorThing } from '#compute/flavors/flavor.ts';
import { findFlavor } from '#compute/flavors/store.ts';
import { serverGroupThing } from '#compute/server-groups/server-group.ts';
import { findGroup } from '#compute/server-groups/store.ts';
import type { ComputeService } from '#compute/service.ts';
import { imageThing } from '#image/service.ts';
import type { Actor } from '#policy/actor.ts';
import { visibleToOwner } from '#policy/engine.ts';
import type { ResourceType } from '#policy/resource-types.ts';
import type { Thing } from '#policy/things.ts';
import { readHints } from './hints.ts';
import type { NewServers } from './new-servers.ts';
import { resolveReferences } from './resolve.ts';

export const typesOfNewServers: readonly ResourceType[] = [
  ...(['image', 'flavor', 'keypair', 'network', 'port', 'securityGroup'] as const),
  'serverGroup',
];

/**
 * All that new servers would be made of, also what nobody named: the project's only network, its
 * default group. @throws a 400 for each reference to nothing, as the creation would
 */
export async function thingsOfNewServers(
  service: ComputeService,
  actor: Actor,
  request: NewServers,
): Promise<Thing[]> {
  const { flavor, image, plans } = await resolveReferences(service, actor, request);
  const { keyName } = request;
  const inNetworks = await service.networks.thingsNamed(actor, {
    network: plans.map((plan) => plan.networkId),
    port: plans.map((plan) => plan.portId),
    // The groups of a port that is there already were chosen by whoever made it.
    securityGroup: plans.flatMap((plan) => (plan.portId === null ? plan.securityGroupIds : [])),
  });
  return [
    { ...imageThing.of(image), type: 'image' },
    { ...flavorThing.of(flavor), type: 'flavor' },
    ...(keyName === undefined ? [] : [keyNamed(actor.userId, keyName)]),
    ...inNetworks,
    ...(await groupNamed(service, actor, readHints(request.hints).group)),
  ];
}

export function keyNamed(userId: string, name: string): Thing {
  return { type: 'keypair', id: name, userId };
}

async function groupNamed(
  service: ComputeService,
  actor: Actor,
  id: string | null,
): Promise<Thing[]> {
  const group = id === null ? undefined : await findGroup(service.database.queries, id);
  if (!group || !visibleToOwner(actor, group)) return [];
  return [{ ...serverGroupThing.of(group), type: 'serverGroup' }];
}

/** The image, where it is one that the actor sees. */
export async function imageNamed(
  { images }: ComputeService,
  actor: Actor,
  id: string | undefined,
): Promise<Thing[]> {
  const image = id === undefined ? undefined : await images.findVisible(actor, id);
  return image ? [{ ...imageThing.of(image), type: 'image' }] : [];
}

/** The same of a flavor. */
export async function flavorNamed(
  service: ComputeService,
  actor: Actor,
  id: string,
): Promise<Thing[]> {
  const flavor = await findFlavor(service.database.queries, id, actor);
  return flavor ? [{ ...flavorThing.of(flavor), type: 'flavor' }] : [];
}
