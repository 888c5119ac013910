import { catalogErrors } from '../../../../catalog/errors.ts';
import { securityCompliance } from '../../../../domain-config/read.ts';
import { identityErrors } from '../../../../errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { ruledDomain } from '../target.ts';
import { partOf } from './paths.ts';
import { configAnswer } from './schema.ts';

const whole = '/domains/{domain_id}/config/security_compliance';

/** Any user may know what is asked of their password. */
export const showComplianceEndpoints = ([whole, `${whole}/{option}`] as const).map((path) =>
  endpoint({
    method: 'GET',
    path,
    summary: 'Show what is asked of passwords, to anybody with a token.',
    requires: [],
    status: 200,
    response: configAnswer,
    errors: [identityErrors.domainNotFound, catalogErrors.invalidDomainConfig],
    target: ruledDomain,
    handle: async (service, call, domain) => ({
      config: securityCompliance(service, domain, partOf(call).option),
    }),
  }),
);
