import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import { flavorTarget } from '../target.ts';
import { specsAnswer } from './extra-specs.ts';

export const listExtraSpecs = endpoint({
  method: 'GET',
  path: '/flavors/{flavor_id}/os-extra_specs',
  summary: 'Lists the extra specs of a flavor.',
  requires: ['ecs:flavors:get'],
  target: flavorTarget,
  query: noQuery,
  status: 200,
  response: specsAnswer,
  errors: [flavorErrors.notFound],
  handle: async (_service, _call, flavor) => ({ extra_specs: flavor.extraSpecs }),
});
