import { Type } from 'typebox';
import type { VersionRange } from '#base/microversion.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import { checkExtraSpecs } from '#compute/flavors/extra-spec-rules.ts';
import { setExtraSpecs } from '#compute/flavors/extra-specs.ts';
import { flavorTarget } from '../target.ts';
import { extraSpecs, readSpecs, specsAnswer } from './extra-specs.ts';

function creationIn(range: VersionRange, isChecked: boolean) {
  return endpoint({
    ...range,
    method: 'POST',
    path: '/flavors/{flavor_id}/os-extra_specs',
    summary: 'Adds extra specs to a flavor, replacing those of the same key.',
    requires: ['ecs:flavors:update'],
    target: flavorTarget,
    body: Type.Object({ extra_specs: extraSpecs }, { additionalProperties: false }),
    status: 200,
    response: specsAnswer,
    errors: [
      flavorErrors.notFound,
      flavorErrors.tooManySpecs,
      ...(isChecked ? [flavorErrors.specUnknown, flavorErrors.specInvalid] : []),
    ],
    handle: async (service, call, flavor) => {
      const specs = readSpecs(call.body.extra_specs);
      if (isChecked) checkExtraSpecs(specs);
      await setExtraSpecs(service, flavor, specs);
      return { extra_specs: specs };
    },
  });
}

/** Known extra specs are checked since 2.86. */
export const createExtraSpecs = [
  creationIn({ until: '2.85' }, false),
  creationIn({ since: '2.86' }, true),
];
