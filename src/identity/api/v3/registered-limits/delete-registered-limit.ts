import { identityErrors } from '../../../errors.ts';
import { deleteRegistered } from '../../../limits/registered.ts';
import { endpoint } from '../../endpoint.ts';
import { anyRegisteredLimit } from './target.ts';

export const deleteRegisteredLimit = endpoint({
  method: 'DELETE',
  path: '/registered_limits/{registered_limit_id}',
  summary: 'Delete a registered limit to which no limit refers.',
  requires: ['identity:registeredLimits:delete'],
  status: 204,
  errors: [identityErrors.registeredLimitNotFound, identityErrors.registeredLimitInUse],
  target: anyRegisteredLimit,
  handle: (service, _call, limit) => deleteRegistered(service, limit),
});
