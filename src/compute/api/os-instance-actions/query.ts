import { type Static, Type } from 'typebox';
import { once, pageQueryOnce } from '#compute/api/paging.ts';
import { actionErrors } from '#compute/instance-actions/errors.ts';

const time = Type.String({ format: 'iso-date-time', ...once });

export const pagedQuery = Type.Object(
  {
    ...pageQueryOnce,
    'changes-since': Type.Optional(time),
    'changes-before': Type.Optional({ ...time, since: '2.66' }),
  },
  { additionalProperties: false },
);

/** @throws InvalidChangesRange, InvalidChangesTime (400) */
export function readChanges(query: Static<typeof pagedQuery>) {
  const changedSinceMs = readTime(query['changes-since']);
  const changedBeforeMs = readTime(query['changes-before']);
  if (changedSinceMs !== undefined && changedBeforeMs !== undefined) {
    if (changedBeforeMs < changedSinceMs) throw actionErrors.timesInverted();
  }
  return { changedSinceMs, changedBeforeMs };
}

/** Without a zone it is UTC. */
function readTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const hasZone = /(z|[+-]\d\d:?(\d\d)?)$/i.test(text);
  const ms = Date.parse(hasZone ? text : `${text}Z`);
  if (Number.isNaN(ms)) throw actionErrors.timeMalformed({ time: text });
  return ms;
}
