import { networkErrors } from '../../../errors.ts';
import { seesPort } from '../../../ports/port.ts';
import { findPort } from '../../../ports/store.ts';
import { endpoint } from '../../endpoint.ts';
import { answerOne } from '../../lists.ts';
import { renderPort } from './wire.ts';

export const showPortEndpoint = endpoint({
  method: 'GET',
  path: '/ports/{port_id}',
  summary: 'Shows a port.',
  requires: ['vpc:ports:get'],
  status: 200,
  errors: [networkErrors.portNotFound],
  target: {
    find: ({ context }, { params }) => findPort(context.database.queries, params.port_id),
    visible: seesPort,
    absent: ({ params }) => networkErrors.portNotFound({ id: params.port_id }),
  },
  handle: async (_service, call, port) => answerOne(call, 'port', renderPort(port, call.actor)),
});
