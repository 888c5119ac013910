import { identityErrors } from '../../../../errors.ts';
import { deleteMapping } from '../../../../federation/change.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyMapping } from '../target.ts';

export const deleteMappingEndpoint = endpoint({
  method: 'DELETE',
  path: '/OS-FEDERATION/mappings/{mapping_id}',
  summary: 'Delete one of the mappings of federation, at once.',
  requires: ['identity:federation:delete'],
  status: 204,
  errors: [identityErrors.mappingNotFound, identityErrors.mappingInUse],
  target: anyMapping,
  handle: (service, _call, found) => deleteMapping(service, found),
});
