import { delegationErrors } from '#policy/delegation.ts';
import { identityErrors } from '../../../../errors.ts';
import { deleteTrust } from '../../../../trusts/delete.ts';
import { endpoint } from '../../../endpoint.ts';
import { trustOr } from './target.ts';

export const deleteTrustEndpoint = endpoint({
  method: 'DELETE',
  path: '/OS-TRUST/trusts/{trust_id}',
  summary: 'Delete a trust; its tokens and the trusts that pass it on end at once.',
  requires: [],
  status: 204,
  errors: [identityErrors.trustNotFound, identityErrors.notOneself, delegationErrors.delegated],
  target: trustOr('identity:trusts:delete'),
  handle: (service, call, trust) => deleteTrust(service, call.actor, trust),
});
