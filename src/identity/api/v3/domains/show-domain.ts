import { identityErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { shownDomain } from './target.ts';
import { domainBody, domainSchema } from './wire.ts';

export const showDomain = endpoint({
  method: 'GET',
  path: '/domains/{domain_id}',
  summary: "Show a domain: one's own, or with permission any.",
  requires: [],
  status: 200,
  response: oneAnswer('domain', domainSchema),
  errors: [identityErrors.domainNotFound],
  target: shownDomain,
  handle: async (_service, call, domain) => ({ domain: domainBody(domain, call.root) }),
});
