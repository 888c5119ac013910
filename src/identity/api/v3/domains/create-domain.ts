import { createDomain } from '../../../domains/create.ts';
import { identityErrors } from '../../../errors.ts';
import { extrasOf, mergeMembers } from '../../../extras.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { DomainCreate, domainMembers } from './schema.ts';
import { domainBody, domainSchema } from './wire.ts';

export const createDomainEndpoint = endpoint({
  method: 'POST',
  path: '/domains',
  summary: 'Create a domain.',
  requires: ['identity:domains:create'],
  body: DomainCreate,
  status: 201,
  response: oneAnswer('domain', domainSchema),
  errors: [identityErrors.nameTaken],
  handle: async (service, call) => {
    const wanted = call.body.domain;
    const domain = await createDomain(service, {
      name: wanted.name,
      description: wanted.description ?? '',
      isEnabled: wanted.enabled ?? true,
      tags: wanted.tags ?? [],
      options: mergeMembers({}, wanted.options ?? {}),
      extra: extrasOf(wanted, domainMembers),
    });
    return { domain: domainBody(domain, call.root) };
  },
});
