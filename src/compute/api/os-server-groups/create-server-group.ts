import { type Static, Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { resourceName } from '#compute/api/resource-name.ts';
import { computeErrors } from '#compute/errors.ts';
import {
  type NewServerGroup,
  createServerGroup as recordServerGroup,
} from '#compute/server-groups/create.ts';
import { serverGroupErrors } from '#compute/server-groups/errors.ts';
import { groupAnswer, groupWireContext, serverGroupWire } from './wire.ts';

const closed = { additionalProperties: false };

const hardPolicy = Type.Enum(['anti-affinity', 'affinity'], { until: '2.14' });
const anyPolicy = Type.Enum(['anti-affinity', 'affinity', 'soft-anti-affinity', 'soft-affinity'], {
  since: '2.15',
});

const onePolicy = Type.Array(Type.Union([hardPolicy, anyPolicy]), { minItems: 1, maxItems: 1 });

const perHost = Type.Union([
  Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
  Type.String({ pattern: '^0*[1-9][0-9]{0,8}$', maxLength: 16 }),
]);

const rules = Type.Object({ max_server_per_host: Type.Optional(perHost) }, closed);

/** Policies were a list of one until 2.63. */
const body = Type.Object(
  {
    server_group: Type.Union([
      Type.Object({ name: resourceName, policies: onePolicy }, { ...closed, until: '2.63' }),
      Type.Object(
        { name: resourceName, policy: anyPolicy, rules: Type.Optional(rules) },
        { ...closed, since: '2.64' },
      ),
    ]),
  },
  closed,
);

export const createServerGroup = endpoint({
  method: 'POST',
  path: '/os-server-groups',
  summary: 'Creates a group of servers that are to stand together or apart.',
  requires: ['ecs:serverGroups:manage'],
  query: noQuery,
  body,
  status: 200,
  response: groupAnswer,
  errors: [
    computeErrors.projectNeeded,
    serverGroupErrors.tooManyGroups,
    serverGroupErrors.rulesUnfit,
  ],
  handle: async (service, call) => {
    const { projectId } = call.actor;
    if (projectId === null) throw computeErrors.projectNeeded();
    const actor = { ...call.actor, projectId };
    const group = await recordServerGroup(service, actor, readNewGroup(call.body));
    return { server_group: serverGroupWire.render(group, call.version, groupWireContext(call)) };
  },
});

function readNewGroup({ server_group: wanted }: Static<typeof body>): NewServerGroup {
  if ('policies' in wanted) {
    const [policy = 'anti-affinity'] = wanted.policies;
    return { name: wanted.name, policy, maxPerHost: null };
  }
  const most = wanted.rules?.max_server_per_host;
  const maxPerHost = most === undefined ? null : Number(most);
  return { name: wanted.name, policy: wanted.policy, maxPerHost };
}
