import type { Actor } from '#policy/actor.ts';
import type { ResourceType } from '#policy/resource-types.ts';
import type { NetworkService } from '../service.ts';
import { type Named, thingsNamed } from '../things.ts';

/** Tells policy of what a body names by its id. */
export function naming<Body>(types: readonly ResourceType[], read: (body: Body) => Named) {
  const find = ({ context }: NetworkService, call: { actor: Actor; body: Body }) =>
    thingsNamed(context, call.actor, read(call.body));
  return { types, find };
}
