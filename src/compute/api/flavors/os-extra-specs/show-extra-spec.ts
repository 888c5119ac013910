import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import { flavorTarget } from '../target.ts';
import { specAnswer } from './extra-specs.ts';

export const showExtraSpec = endpoint({
  method: 'GET',
  path: '/flavors/{flavor_id}/os-extra_specs/{key}',
  summary: 'Shows one extra spec of a flavor.',
  requires: ['ecs:flavors:get'],
  target: flavorTarget,
  query: noQuery,
  status: 200,
  response: specAnswer,
  errors: [flavorErrors.notFound, flavorErrors.specNotFound],
  handle: async (_service, call, flavor) => {
    const { key } = call.params;
    if (!Object.hasOwn(flavor.extraSpecs, key)) {
      throw flavorErrors.specNotFound({ id: flavor.id, key });
    }
    return { [key]: flavor.extraSpecs[key] };
  },
});
