import { deleteDomain } from '../../../domains/delete.ts';
import { identityErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { anyDomain } from './target.ts';

export const deleteDomainEndpoint = endpoint({
  method: 'DELETE',
  path: '/domains/{domain_id}',
  summary: 'Delete a disabled domain with everything in it.',
  requires: ['identity:domains:delete'],
  status: 204,
  errors: [
    identityErrors.domainNotFound,
    identityErrors.domainEnabled,
    identityErrors.domainBuiltIn,
    identityErrors.immutable,
  ],
  target: anyDomain,
  handle: (service, _call, domain) => deleteDomain(service, domain),
});
