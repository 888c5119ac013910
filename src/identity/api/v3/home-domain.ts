import type { Actor } from '#policy/actor.ts';
import { defaultDomainId } from '../../projects/project.ts';

/** Where a new user, group or project goes when the request names no domain: the token's. */
export function homeDomain(actor: Actor): string {
  return actor.domainId ?? actor.projectDomainId ?? defaultDomainId;
}
