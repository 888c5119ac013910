import { type Actor, boundDomain } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';
import type { IdentityContext } from '../context.ts';
import type { Page, PageRequest } from '../listing/page.ts';
import type { CredentialFacts } from './credential.ts';
import { type CredentialFilters, listCredentialRows } from './store.ts';

/**
 * Those that the filters name and the actor may see: their own, or with the action all of their
 * domain.
 */
export function listCredentials(
  context: IdentityContext,
  actor: Actor,
  filters: CredentialFilters,
  page: PageRequest,
): Promise<Page<CredentialFacts>> {
  const seesAll = mayPerform(actor, 'identity:credentials:list');
  const ownerId = seesAll ? undefined : actor.userId;
  const ownerDomainId = seesAll ? boundDomain(actor) : null;
  const all = { ...filters, ownerId, ownerDomainId };
  return listCredentialRows(context.database.queries, all, page);
}
