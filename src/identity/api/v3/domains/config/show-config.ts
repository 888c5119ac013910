import { catalogErrors } from '../../../../catalog/errors.ts';
import { readConfig } from '../../../../domain-config/read.ts';
import { identityErrors } from '../../../../errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyDomain } from '../target.ts';
import { configPaths, partOf } from './paths.ts';
import { configAnswer } from './schema.ts';

export const showConfigEndpoints = configPaths.map((path) =>
  endpoint({
    method: 'GET',
    path,
    summary: "Show a domain's configuration or a part of it, without its secrets.",
    requires: ['identity:domainConfigs:get'],
    status: 200,
    response: configAnswer,
    errors: [
      identityErrors.domainNotFound,
      catalogErrors.domainConfigNotFound,
      catalogErrors.invalidDomainConfig,
    ],
    target: anyDomain,
    handle: async (service, call, domain) => {
      const { group, option } = partOf(call);
      return { config: await readConfig(service, domain, group, option) };
    },
  }),
);
