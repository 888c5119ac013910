import { networkErrors } from '../../../errors.ts';
import { deletePort } from '../../../ports/delete.ts';
import { seesPort } from '../../../ports/port.ts';
import { findPort } from '../../../ports/store.ts';
import { endpoint } from '../../endpoint.ts';

export const deletePortEndpoint = endpoint({
  method: 'DELETE',
  path: '/ports/{port_id}',
  summary: 'Deletes a port.',
  requires: ['vpc:ports:delete'],
  status: 204,
  errors: [networkErrors.portNotFound, networkErrors.servicePortInUse],
  target: {
    find: ({ context }, { params }) => findPort(context.database.queries, params.port_id),
    visible: seesPort,
    absent: ({ params }) => networkErrors.portNotFound({ id: params.port_id }),
  },
  handle: ({ context }, call, port) => deletePort(context, call.actor, port),
});
