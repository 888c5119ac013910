import { requestErrors } from '#base/errors.ts';
import { type Actor, boundDomain } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';
import type { IdentityContext } from '../context.ts';
import type { Page, PageRequest } from '../listing/page.ts';
import { listTrustRows, type TrustFilters } from './store.ts';
import type { Trust } from './trust.ts';

/** Everybody may list the trusts at one end of which they stand; others need the action. */
export async function listTrusts(
  context: IdentityContext,
  actor: Actor,
  filters: TrustFilters,
  page: PageRequest,
): Promise<Page<Trust>> {
  const { trustorUserId, trusteeUserId } = filters;
  const isOwn = trustorUserId === actor.userId || trusteeUserId === actor.userId;
  const action = 'identity:trusts:list';
  if (!isOwn && !mayPerform(actor, action)) throw requestErrors.policyRefused({ action });
  const trustorDomainId = isOwn ? null : boundDomain(actor);
  return listTrustRows(context.database.queries, { ...filters, trustorDomainId }, page);
}
