import { type Static, Type } from 'typebox';
import { limits } from '#base/limits.ts';
import { looseResourceName } from '#compute/api/resource-name.ts';
import { serverErrors } from '#compute/servers/errors.ts';
import { type HintLists, listHints } from '#compute/servers/hints.ts';

const uuid = Type.String({ format: 'uuid' });
const uuids = Type.Union([uuid, Type.Array(uuid, { maxItems: 1000 })]);

/** Table 4-8 and Nova's own. Others are kept and shown, and nobody heeds them. */
export const hints = Type.Object(
  {
    group: Type.Optional(uuid),
    different_host: Type.Optional(uuids),
    same_host: Type.Optional(uuids),
    query: Type.Optional(Type.Union([Type.String(), Type.Object({})])),
    target_cell: Type.Optional(looseResourceName),
    different_cell: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
    build_near_host_ip: Type.Optional(
      Type.Union([Type.String({ format: 'ipv4' }), Type.String({ format: 'ipv6' })]),
    ),
    cidr: Type.Optional(Type.String({ pattern: '^[0-9a-fA-F.:]*/[0-9a-fA-F.:]+$' })),
    tenancy: Type.Optional(Type.Enum(['shared', 'dedicated'])),
    dedicated_host_id: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  },
  { additionalProperties: true },
);

/** @throws SchedulerHintsTooLarge (400) */
export function readHintLists(sent: Static<typeof hints> | undefined): HintLists {
  const lists = listHints(sent ?? {});
  const bytes = Buffer.byteLength(JSON.stringify(lists));
  if (bytes > limits.schedulerHintBytes) throw serverErrors.hintsTooLarge();
  return lists;
}
