import { identityErrors } from '../../../../errors.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyMapping } from '../target.ts';
import { mappingBody, mappingSchema } from '../wire.ts';

export const showMapping = endpoint({
  method: 'GET',
  path: '/OS-FEDERATION/mappings/{mapping_id}',
  summary: 'Show one of the mappings of federation.',
  requires: ['identity:federation:get'],
  status: 200,
  response: oneAnswer('mapping', mappingSchema),
  errors: [identityErrors.mappingNotFound],
  target: anyMapping,
  handle: async (_service, call, found) => ({ mapping: mappingBody(found, call.root) }),
});
