import { networkErrors } from '../../../errors.ts';
import { deletePort } from '../../../ports/delete.ts';
import { endpoint } from '../../endpoint.ts';
import { portTarget } from './target.ts';

export const deletePortEndpoint = endpoint({
  method: 'DELETE',
  path: '/ports/{port_id}',
  summary: 'Deletes a port.',
  requires: ['vpc:ports:delete'],
  status: 204,
  errors: [networkErrors.portNotFound, networkErrors.servicePortInUse],
  target: portTarget,
  handle: ({ context }, call, port) => deletePort(context, call.actor, port, call.requestId),
});
