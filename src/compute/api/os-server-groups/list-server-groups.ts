import { Type } from 'typebox';
import { limits } from '#base/limits.ts';
import { parseBoolean } from '#compute/api/booleans.ts';
import { closedSince } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { pagingErrors, readPage } from '#compute/api/paging.ts';
import { listServerGroups as readGroups } from '#compute/server-groups/read.ts';
import { isAdmin } from '#policy/actor.ts';
import { listScope } from '#policy/engine.ts';
import { groupWireContext, serverGroupWire } from './wire.ts';

const action = 'ecs:serverGroups:list';
const largestOffset = 2_147_483_647;

const count = Type.Integer({ minimum: 0 });
const query = closedSince('2.75', {
  all_projects: Type.Optional(Type.String()),
  limit: Type.Optional(count),
  offset: Type.Optional(count),
});

export const listServerGroups = endpoint({
  method: 'GET',
  path: '/os-server-groups',
  summary: 'Lists the server groups of the project or, for administrators, of all.',
  requires: [action],
  query,
  status: 200,
  isKept: true,
  response: Type.Object(
    { server_groups: Type.Array(serverGroupWire.schema) },
    { additionalProperties: false },
  ),
  errors: [pagingErrors.limitTooLarge],
  handle: async (service, call) => {
    // Nova lets others ask, too, and shows them their own.
    const everyProject = isAdmin(call.actor) && isWanted(call.query.all_projects);
    const scope = listScope(call.actor, everyProject, action);
    const { limit } = readPage(call);
    const offset = Math.min(Number([call.query.offset].flat().at(-1) ?? 0), largestOffset);
    // Here, other than in lists with markers, 0 asks for as many as there may be.
    const page = { limit: limit || limits.pageItems, offset };
    const groups = await readGroups(service, scope, page);
    const context = groupWireContext(call);
    return {
      server_groups: groups.map((group) => serverGroupWire.render(group, call.version, context)),
    };
  },
});

/** Said in whatever way, unless it clearly says no. */
function isWanted(value: unknown): boolean {
  const last = [value].flat().at(-1);
  return last !== undefined && parseBoolean(String(last)) !== false;
}
