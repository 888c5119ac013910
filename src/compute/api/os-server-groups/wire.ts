import { Type } from 'typebox';
import type { ServerGroupWithMembers } from '#compute/server-groups/server-group.ts';
import type { Call } from '#endpoints/endpoint.ts';
import { Wire } from '#endpoints/wire.ts';

/** The 2017 reference shows the project on `/v2`, where Nova shows it only since 2.13. */
export interface GroupWireContext {
  isLegacy: boolean;
}

export function groupWireContext(
  call: Pick<Call<unknown, unknown, unknown>, 'surface'>,
): GroupWireContext {
  return { isLegacy: call.surface === 'compute-v2' };
}

const text = Type.String();

export const serverGroupWire = new Wire<ServerGroupWithMembers, GroupWireContext>([
  { name: 'id', schema: text, value: (group) => group.id },
  { name: 'name', schema: text, value: (group) => group.name },
  {
    name: 'policies',
    until: '2.63',
    schema: Type.Array(text),
    value: (group) => [group.policy],
  },
  { name: 'policy', since: '2.64', schema: text, value: (group) => group.policy },
  {
    name: 'rules',
    since: '2.64',
    schema: Type.Object(
      { max_server_per_host: Type.Optional(Type.Integer()) },
      { additionalProperties: false },
    ),
    value: ({ maxPerHost }) => (maxPerHost === null ? {} : { max_server_per_host: maxPerHost }),
  },
  { name: 'members', schema: Type.Array(text), value: (group) => group.memberIds },
  // Never used by anyone, and gone with the list of policies.
  { name: 'metadata', until: '2.63', schema: Type.Object({}), value: () => ({}) },
  {
    name: 'project_id',
    until: '2.12',
    schema: text,
    optional: true,
    value: (group, { isLegacy }) => (isLegacy ? group.projectId : undefined),
  },
  { name: 'project_id', since: '2.13', schema: text, value: (group) => group.projectId },
  { name: 'user_id', since: '2.13', schema: text, value: (group) => group.userId },
]);

export const groupAnswer = Type.Object(
  { server_group: serverGroupWire.schema },
  { additionalProperties: false },
);
