import { catalogErrors } from '../../../../catalog/errors.ts';
import { updateConfig } from '../../../../domain-config/change.ts';
import { identityErrors } from '../../../../errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyDomain } from '../target.ts';
import { configPaths, partOf } from './paths.ts';
import { ConfigBody, configAnswer } from './schema.ts';

export const updateConfigEndpoints = configPaths.map((path) =>
  endpoint({
    method: 'PATCH',
    path,
    summary: "Change a domain's configuration, or the part that the path names.",
    requires: ['identity:domainConfigs:update'],
    body: ConfigBody,
    status: 200,
    response: configAnswer,
    errors: [
      identityErrors.domainNotFound,
      catalogErrors.domainConfigNotFound,
      catalogErrors.invalidDomainConfig,
    ],
    target: anyDomain,
    handle: async (service, call, domain) => {
      const change = { config: call.body.config, ...partOf(call) };
      return { config: await updateConfig(service, domain, change) };
    },
  }),
);
