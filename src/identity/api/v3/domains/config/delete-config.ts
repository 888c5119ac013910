import { catalogErrors } from '../../../../catalog/errors.ts';
import { deleteConfig } from '../../../../domain-config/change.ts';
import { identityErrors } from '../../../../errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyDomain } from '../target.ts';
import { configPaths, partOf } from './paths.ts';

export const deleteConfigEndpoints = configPaths.map((path) =>
  endpoint({
    method: 'DELETE',
    path,
    summary: "Delete a domain's configuration, or the part that the path names.",
    requires: ['identity:domainConfigs:delete'],
    status: 204,
    errors: [
      identityErrors.domainNotFound,
      catalogErrors.domainConfigNotFound,
      catalogErrors.invalidDomainConfig,
    ],
    target: anyDomain,
    handle: (service, call, domain) => {
      const { group, option } = partOf(call);
      return deleteConfig(service, domain, group, option);
    },
  }),
);
