import { identityErrors } from '../../../../errors.ts';
import { writeMapping } from '../../../../federation/change.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { MappingBody } from '../schema.ts';
import { anyMapping } from '../target.ts';
import { mappingBody, mappingSchema } from '../wire.ts';

export const updateMapping = endpoint({
  method: 'PATCH',
  path: '/OS-FEDERATION/mappings/{mapping_id}',
  summary: 'Change one of the mappings of federation.',
  requires: ['identity:federation:update'],
  body: MappingBody,
  status: 200,
  response: oneAnswer('mapping', mappingSchema),
  errors: [identityErrors.mappingNotFound, identityErrors.idTaken, identityErrors.invalid],
  target: anyMapping,
  handle: async (service, call, before) => {
    const wanted = call.body.mapping;
    const changed = await writeMapping(service, { id: before.id, rules: wanted.rules }, false);
    return { mapping: mappingBody(changed, call.root) };
  },
});
