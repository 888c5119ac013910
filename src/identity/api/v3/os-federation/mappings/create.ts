import { identityErrors } from '../../../../errors.ts';
import { writeMapping } from '../../../../federation/change.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { MappingBody } from '../schema.ts';
import { chosenId } from '../target.ts';
import { mappingBody, mappingSchema } from '../wire.ts';

export const createMapping = endpoint({
  method: 'PUT',
  path: '/OS-FEDERATION/mappings/{mapping_id}',
  summary: 'Add to the mappings of federation, under the id in the path.',
  requires: ['identity:federation:create'],
  body: MappingBody,
  status: 201,
  response: oneAnswer('mapping', mappingSchema),
  errors: [identityErrors.idTaken, identityErrors.invalid],
  handle: async (service, call) => {
    const id = chosenId(call.params.mapping_id);
    const wanted = call.body.mapping;
    const created = await writeMapping(service, { id, rules: wanted.rules }, true);
    return { mapping: mappingBody(created, call.root) };
  },
});
