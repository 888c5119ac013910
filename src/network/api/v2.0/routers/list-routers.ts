import { listRouters, routerFilterNames } from '../../../routers/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { answerList, listQuerySchema } from '../../lists.ts';
import { renderRouter, routerSchema } from './wire.ts';

const action = 'vpc:routers:list';

export const listRoutersEndpoint = endpoint({
  method: 'GET',
  path: '/routers',
  summary: 'Lists the routers that the token may see.',
  requires: [action],
  query: listQuerySchema(routerFilterNames),
  status: 200,
  response: listAnswer('routers', routerSchema),
  handle: async ({ context }, call) => {
    return answerList(
      call,
      { collection: 'routers', path: '/routers', action },
      (scope, query) => listRouters(context, scope, query),
      (view) => renderRouter(view, call.actor),
    );
  },
});
