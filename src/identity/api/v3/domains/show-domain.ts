import { identityErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { shownDomain } from './target.ts';
import { domainBody } from './wire.ts';

export const showDomain = endpoint({
  method: 'GET',
  path: '/domains/{domain_id}',
  summary: "Show a domain: one's own, or with permission any.",
  requires: [],
  status: 200,
  errors: [identityErrors.domainNotFound],
  target: shownDomain,
  handle: async (_service, call, domain) => ({ domain: domainBody(domain, call.root) }),
});
