import { Type } from 'typebox';
import { computeErrors } from '#compute/errors.ts';
import { metadataErrors } from '#compute/server-metadata/errors.ts';

const closed = { additionalProperties: false };

const key = Type.String({ pattern: '^[a-zA-Z0-9-_:. ]{1,255}$' });
const value = Type.String({ maxLength: 255 });

/** How many there may be the quota says, with another status. */
export const metadataBody = Type.Object({ metadata: Type.Record(key, value, closed) }, closed);

export const itemBody = Type.Object(
  { meta: Type.Record(key, value, { ...closed, minProperties: 1, maxProperties: 1 }) },
  closed,
);

const map = Type.Record(Type.String(), Type.String());

export const metadataAnswer = Type.Object({ metadata: map }, closed);
export const itemAnswer = Type.Object({ meta: map }, closed);

export const changeErrors = [
  computeErrors.invalidState,
  computeErrors.locked,
  metadataErrors.quotaExceeded,
];
