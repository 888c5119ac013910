import { Reply } from '#endpoints/endpoint.ts';
import { catalogErrors } from '../../../../catalog/errors.ts';
import { createConfig } from '../../../../domain-config/change.ts';
import { identityErrors } from '../../../../errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyDomain } from '../target.ts';
import { ConfigBody, configAnswer } from './schema.ts';

export const createConfigEndpoint = endpoint({
  method: 'PUT',
  path: '/domains/{domain_id}/config',
  summary: 'Keep a configuration of a domain for tools; users stay in this cloud whatever it says.',
  requires: ['identity:domainConfigs:create'],
  body: ConfigBody,
  status: 201,
  response: configAnswer,
  errors: [identityErrors.domainNotFound, catalogErrors.invalidDomainConfig],
  target: anyDomain,
  handle: async (service, call, domain) => {
    const { config, isNew } = await createConfig(service, domain, call.body.config);
    return new Reply({ config }, { status: isNew ? 201 : 200 });
  },
});
