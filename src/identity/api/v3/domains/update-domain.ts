import { updateDomain } from '../../../domains/update.ts';
import { identityErrors } from '../../../errors.ts';
import { extrasOf } from '../../../extras.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { DomainUpdate, domainMembers } from './schema.ts';
import { anyDomain } from './target.ts';
import { domainBody, domainSchema } from './wire.ts';

export const updateDomainEndpoint = endpoint({
  method: 'PATCH',
  path: '/domains/{domain_id}',
  summary: 'Change a domain; disabling it ends the tokens of its users and projects.',
  requires: ['identity:domains:update'],
  body: DomainUpdate,
  status: 200,
  response: oneAnswer('domain', domainSchema),
  errors: [identityErrors.domainNotFound, identityErrors.nameTaken, identityErrors.immutable],
  target: anyDomain,
  handle: async (service, call, domain) => {
    const wanted = call.body.domain;
    const changed = await updateDomain(service, domain, {
      name: wanted.name,
      description: wanted.description === null ? '' : wanted.description,
      isEnabled: wanted.enabled,
      tags: wanted.tags,
      options: wanted.options ?? {},
      extra: extrasOf(wanted, domainMembers),
    });
    return { domain: domainBody(changed, call.root) };
  },
});
