import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { Reply } from '#endpoints/endpoint.ts';
import { shownServer } from './forms.ts';
import { keptUntilMs, viewOf } from './server-view.ts';
import { serverTarget } from './target.ts';

export const showServer = endpoint({
  method: 'GET',
  path: '/servers/{server_id}',
  summary: 'Shows one server.',
  requires: ['ecs:servers:get'],
  target: serverTarget,
  query: noQuery,
  status: 200,
  response: Type.Object({ server: shownServer.schema }),
  isKept: true,
  handle: async (service, call, server) => {
    const view = await viewOf(service, server);
    const [shown] = shownServer.render(call, [view]);
    return new Reply({ server: shown }, { keptUntilMs: keptUntilMs([view]) });
  },
});
