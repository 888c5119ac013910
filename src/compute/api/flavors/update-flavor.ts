import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { linkBasesOf } from '#compute/api/links.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import { describeFlavor } from '#compute/flavors/update.ts';
import { flavorDescription } from './fields.ts';
import { flavorTarget } from './target.ts';
import { flavorAnswer, flavorWire } from './wire.ts';

const closed = { additionalProperties: false };

export const updateFlavor = endpoint({
  method: 'PUT',
  path: '/flavors/{flavor_id}',
  since: '2.55',
  summary: 'Changes the description of a flavor.',
  requires: ['ecs:flavors:update'],
  target: flavorTarget,
  body: Type.Object({ flavor: Type.Object({ description: flavorDescription }, closed) }, closed),
  status: 200,
  response: flavorAnswer,
  errors: [flavorErrors.notFound],
  handle: async (service, call, flavor) => {
    const changed = await describeFlavor(service, flavor, call.body.flavor.description);
    return { flavor: flavorWire.render(changed, call.version, linkBasesOf(call)) };
  },
});
