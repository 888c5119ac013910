import type { Actor } from '#policy/actor.ts';
import { requireActionsForThings } from '#policy/engine.ts';
import { type ResourceType, typeOfAction } from '#policy/resource-types.ts';
import type { Accounts, Thing } from '#policy/things.ts';
import type { Call, Endpoint } from './endpoint.ts';

/** Some hold rights to single things; only for them it is looked what the call is about. */
export function isDecidedByThings(endpoint: Endpoint<unknown>, actor: Actor): boolean {
  if (endpoint.public || !actor.rights.isBound) return false;
  return endpoint.target?.thing !== undefined || endpoint.names !== undefined;
}

/** The types of what a request may name; its path's comes first. */
export function typesNamedIn({ target, names }: Endpoint<unknown>): readonly ResourceType[] {
  return [...(target?.thing ? [target.thing.type] : []), ...(names?.types ?? [])];
}

/** What the path names, as policy is told of it. */
export async function thingOfPath(
  endpoint: Endpoint<unknown>,
  service: unknown,
  found: unknown,
): Promise<Thing[]> {
  const thing = endpoint.target?.thing;
  return thing ? [{ ...(await thing.of(found, service)), type: thing.type }] : [];
}

/** Decides anew for those to whom it makes a difference, by all that the request names. */
export async function requireForThings(
  endpoint: Endpoint<unknown>,
  service: unknown,
  call: Call<Record<string, string>, unknown, unknown>,
  found: unknown,
  accounts: Accounts,
): Promise<void> {
  if (!isDecidedByThings(endpoint, call.actor)) return;
  const { actor } = call;
  const { requires, names, method } = endpoint;
  const shared = { accounts, isRead: method === 'GET' || method === 'HEAD' };
  const own = await thingOfPath(endpoint, service, found);
  // Before others are looked for: what may not be done to this one tells nothing of those.
  const about = requires.filter((action) => typeOfAction(action) === own[0]?.type);
  await requireActionsForThings(actor, about, { ...shared, things: own });
  const others = (await names?.find(service, call, found as never)) ?? [];
  await requireActionsForThings(actor, requires, { ...shared, things: [...own, ...others] });
}
