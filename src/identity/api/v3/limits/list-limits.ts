import { Type } from 'typebox';
import { mayPerform } from '#policy/engine.ts';
import { listOwnLimits } from '../../../limits/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { wholeListBody } from '../lists.ts';
import { limitBody, limitSchema } from './wire.ts';

export const listLimits = endpoint({
  method: 'GET',
  path: '/limits',
  summary: "List limits: those of one's token's project or domain, or with permission all.",
  requires: [],
  query: Type.Object({
    service_id: Type.Optional(Type.String()),
    region_id: Type.Optional(Type.String()),
    resource_name: Type.Optional(Type.String()),
    project_id: Type.Optional(Type.String()),
    domain_id: Type.Optional(Type.String()),
  }),
  status: 200,
  response: listAnswer('limits', limitSchema),
  handle: async (service, call) => {
    const { actor, query } = call;
    const seesAll = mayPerform(actor, 'identity:limits:list');
    // Nobody has the empty id: a token without scope shows none.
    const ownerId = seesAll ? undefined : (actor.projectId ?? actor.domainId ?? '');
    const bodies = (await listOwnLimits(service, ownerId))
      .map((limit) => limitBody(limit, call.root))
      .filter((body) => Object.entries(query).every(([name, value]) => isAsked(body, name, value)));
    return wholeListBody(call, '/limits', 'limits', bodies);
  },
});

/** Unknown parameters ask for nothing. */
function isAsked(body: Record<string, unknown>, name: string, value: unknown): boolean {
  const filters = ['service_id', 'region_id', 'resource_name', 'project_id', 'domain_id'];
  return !filters.includes(name) || body[name] === value;
}
