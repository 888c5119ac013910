import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { linkBasesOf } from '#compute/api/links.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import { flavorTarget } from './target.ts';
import { flavorAnswer, flavorWire } from './wire.ts';

export const showFlavor = endpoint({
  method: 'GET',
  path: '/flavors/{flavor_id}',
  summary: 'Shows a flavor.',
  requires: ['ecs:flavors:get'],
  target: flavorTarget,
  query: noQuery,
  status: 200,
  response: flavorAnswer,
  errors: [flavorErrors.notFound],
  handle: async (_service, call, flavor) => ({
    flavor: flavorWire.render(flavor, call.version, linkBasesOf(call)),
  }),
});
