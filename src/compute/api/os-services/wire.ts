import { Type } from 'typebox';
import { isoMicros } from '#base/clock.ts';
import type { ServiceRow } from '#compute/services/service-row.ts';
import { Wire } from '#endpoints/wire.ts';

const text = Type.String();
const textOrNull = Type.Union([Type.String(), Type.Null()]);

export const serviceWire = new Wire<ServiceRow, void>([
  { name: 'id', schema: Type.Integer(), until: '2.52', value: ({ number }) => number },
  { name: 'id', schema: text, since: '2.53', value: ({ uuid }) => uuid },
  { name: 'binary', schema: text, value: ({ binary }) => binary },
  { name: 'host', schema: text, value: ({ host }) => host },
  { name: 'zone', schema: text, value: ({ zone }) => zone },
  { name: 'status', schema: text, value: statusWord },
  { name: 'state', schema: text, value: ({ isUp }) => (isUp ? 'up' : 'down') },
  { name: 'updated_at', schema: text, value: ({ seenMs }) => isoMicros(seenMs) },
  { name: 'disabled_reason', schema: textOrNull, value: ({ disabledReason }) => disabledReason },
  {
    name: 'forced_down',
    since: '2.11',
    schema: Type.Boolean(),
    value: ({ isForcedDown }) => isForcedDown,
  },
]);

export function statusWord({ isEnabled }: Pick<ServiceRow, 'isEnabled'>): string {
  return isEnabled ? 'enabled' : 'disabled';
}
