import type { Actor } from '#policy/actor.ts';
import { visibleToOwner } from '#policy/engine.ts';
import type { ResourceType } from '#policy/resource-types.ts';
import type { Thing } from '#policy/things.ts';
import type { NetworkContext } from './context.ts';
import { findFloatingIp } from './floating-ips/store.ts';
import { seesNetwork } from './networks/network.ts';
import { findNetwork } from './networks/store.ts';
import { seesPort } from './ports/port.ts';
import { findPort } from './ports/store.ts';
import { findRouter } from './routers/store.ts';
import { findGroup } from './security-groups/store.ts';
import { findSubnet } from './subnets/store.ts';
import { seesSubnet } from './subnets/subnet.ts';

/** How what this service keeps is told to policy. */
export function networkThing<Type extends ResourceType>(type: Type) {
  const of = ({ id, projectId }: { id: string; projectId: string }) => ({ id, projectId });
  return { type, of } as const;
}

/** What requests may name by its id. */
export interface Named {
  network?: readonly Id[];
  subnet?: readonly Id[];
  port?: readonly Id[];
  router?: readonly Id[];
  securityGroup?: readonly Id[];
  floatingIp?: readonly Id[];
}

type Id = string | null | undefined;

type Found = { id: string; projectId: string } | undefined;

/** Those of them that are there and that the actor sees. */
export async function thingsNamed(
  { database }: NetworkContext,
  actor: Actor,
  named: Named,
): Promise<Thing[]> {
  const db = database.queries;
  const finders = {
    network: (id: string) => seen(findNetwork(db, id), (found) => seesNetwork(actor, found)),
    subnet: (id: string) => seen(findSubnet(db, id), (found) => seesSubnet(actor, found)),
    port: (id: string) => seen(findPort(db, id), (found) => seesPort(actor, found)),
    router: (id: string) => seen(findRouter(db, id), (found) => visibleToOwner(actor, found)),
    securityGroup: (id: string) => seen(findGroup(db, id), (one) => visibleToOwner(actor, one)),
    floatingIp: (id: string) => seen(findFloatingIp(db, id), (one) => visibleToOwner(actor, one)),
  } as const;
  const things: Thing[] = [];
  for (const type of Object.keys(finders) as (keyof Named)[]) {
    for (const id of new Set(named[type])) {
      const found = id ? await finders[type](id) : undefined;
      if (found) things.push({ type, id: found.id, projectId: found.projectId });
    }
  }
  return things;
}

async function seen<T extends NonNullable<Found>>(
  finding: Promise<T | undefined>,
  isSeen: (found: T) => boolean,
): Promise<Found> {
  const found = await finding;
  return found && isSeen(found) ? found : undefined;
}
