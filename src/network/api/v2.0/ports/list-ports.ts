import { listPorts, portFilterNames } from '../../../ports/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { answerList, listQuerySchema } from '../../lists.ts';
import { portSchema, renderPort } from './wire.ts';

const action = 'vpc:ports:list';

export const listPortsEndpoint = endpoint({
  method: 'GET',
  path: '/ports',
  summary: 'Lists the ports that the token may see.',
  requires: [action],
  query: listQuerySchema(portFilterNames),
  status: 200,
  response: listAnswer('ports', portSchema),
  handle: async ({ context }, call) => {
    return answerList(
      call,
      { collection: 'ports', path: '/ports', action },
      (scope, query) => listPorts(context, scope, query),
      (view) => renderPort(view, call.actor),
    );
  },
});
