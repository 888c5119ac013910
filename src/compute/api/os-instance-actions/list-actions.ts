import { Type } from 'typebox';
import { limits } from '#base/limits.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { linkSchema, nextLinks, pagingErrors, readPage } from '#compute/api/paging.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { actionErrors } from '#compute/instance-actions/errors.ts';
import type { InstanceAction } from '#compute/instance-actions/instance-action.ts';
import { listInstanceActions } from '#compute/instance-actions/read.ts';
import type { Call } from '#endpoints/endpoint.ts';
import { pagedQuery, readChanges } from './query.ts';
import { serverEverMadeTarget } from './target.ts';
import { actionSummaryWire } from './wire.ts';

const shared = {
  method: 'GET',
  path: '/servers/{server_id}/os-instance-actions',
  summary: 'Lists what was done to a server, newest first.',
  requires: ['ecs:serverActions:list'],
  status: 200,
} as const;

const closed = { additionalProperties: false };
const instanceActions = Type.Array(actionSummaryWire.schema);

function listIn(range: { since?: string; until?: string }, target: typeof serverTarget) {
  return endpoint({
    ...shared,
    ...range,
    target,
    response: Type.Object({ instanceActions }, closed),
    handle: async (service, call, server) => {
      const actions = await listInstanceActions(service, server, { limit: limits.pageItems });
      return { instanceActions: render(actions ?? [], call) };
    },
  });
}

/** In pages, of what changed in a time. */
const listPaged = endpoint({
  ...shared,
  since: '2.58',
  target: serverEverMadeTarget,
  query: pagedQuery,
  response: Type.Object({ instanceActions, links: Type.Optional(Type.Array(linkSchema)) }, closed),
  errors: [pagingErrors.markerNotFound, actionErrors.timesInverted, actionErrors.timeMalformed],
  handle: async (service, call, server) => {
    const { limit, marker } = readPage(call);
    const changes = readChanges(call.query);
    const wanted = { ...changes, marker, limit: limit === 0 ? 0 : limit + 1 };
    const found = await listInstanceActions(service, server, wanted);
    if (!found) throw pagingErrors.markerNotFound({ marker: marker ?? '' });
    const shown = found.slice(0, limit);
    const collection = `servers/${server.id}/os-instance-actions`;
    const links = nextLinks(call, collection, found.length > limit, shown.at(-1)?.requestId);
    return { instanceActions: render(shown, call), ...(links && { links }) };
  },
});

export const listActions = [
  listIn({ until: '2.20' }, serverTarget),
  listIn({ since: '2.21', until: '2.57' }, serverEverMadeTarget),
  listPaged,
];

function render(
  actions: readonly InstanceAction[],
  call: Pick<Call<unknown, unknown, unknown>, 'version'>,
): object[] {
  return actions.map((action) => actionSummaryWire.render(action, call.version));
}
