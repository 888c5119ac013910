import { catalogErrors } from '../../../../catalog/errors.ts';
import { defaultConfig } from '../../../../domain-config/options.ts';
import { endpoint } from '../../../endpoint.ts';
import { partOf } from './paths.ts';
import { configAnswer } from './schema.ts';

const paths = [
  '/domains/config/default',
  '/domains/config/{group}/default',
  '/domains/config/{group}/{option}/default',
];

export const defaultConfigEndpoints = paths.map((path) =>
  endpoint({
    method: 'GET',
    path,
    summary: 'Show what holds for options about which a domain says nothing.',
    requires: ['identity:domainConfigs:get'],
    status: 200,
    response: configAnswer,
    errors: [catalogErrors.invalidDomainConfig],
    handle: async (_service, call) => {
      const { group, option } = partOf(call);
      return { config: defaultConfig(group, option) };
    },
  }),
);
