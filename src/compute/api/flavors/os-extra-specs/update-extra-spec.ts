import type { VersionRange } from '#base/microversion.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import { checkExtraSpecs } from '#compute/flavors/extra-spec-rules.ts';
import { setExtraSpecs } from '#compute/flavors/extra-specs.ts';
import { flavorTarget } from '../target.ts';
import { extraSpecs, readSpecs, specAnswer } from './extra-specs.ts';

function updateIn(range: VersionRange, isChecked: boolean) {
  return endpoint({
    ...range,
    method: 'PUT',
    path: '/flavors/{flavor_id}/os-extra_specs/{key}',
    summary: 'Sets one extra spec of a flavor.',
    requires: ['ecs:flavors:update'],
    target: flavorTarget,
    body: { ...extraSpecs, minProperties: 1, maxProperties: 1 },
    status: 200,
    response: specAnswer,
    errors: [
      flavorErrors.notFound,
      flavorErrors.specMismatch,
      flavorErrors.tooManySpecs,
      ...(isChecked ? [flavorErrors.specUnknown, flavorErrors.specInvalid] : []),
    ],
    handle: async (service, call, flavor) => {
      const specs = readSpecs(call.body);
      if (!Object.hasOwn(specs, call.params.key)) throw flavorErrors.specMismatch();
      if (isChecked) checkExtraSpecs(specs);
      await setExtraSpecs(service, flavor, specs);
      return specs;
    },
  });
}

/** Known extra specs are checked since 2.86. */
export const updateExtraSpec = [
  updateIn({ until: '2.85' }, false),
  updateIn({ since: '2.86' }, true),
];
