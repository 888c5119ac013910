import { type Actor, reachesDomain } from '#policy/actor.ts';
import { identityErrors } from '../../errors.ts';
import { defaultDomainId } from '../../projects/project.ts';

/** Where a new user, group or project goes when the request names no domain: the token's. */
export function homeDomain(actor: Actor): string {
  return actor.domainId ?? actor.projectDomainId ?? defaultDomainId;
}

/** The domain of what is made. Throws DomainNotFound for one that the actor does not reach. */
export function wantedDomain(actor: Actor, asked: string | null | undefined): string {
  const id = asked ?? homeDomain(actor);
  if (!reachesDomain(actor, id)) throw identityErrors.domainNotFound({ id });
  return id;
}
