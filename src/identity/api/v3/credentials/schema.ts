import { Type } from 'typebox';
import { Id, NullableId, nameOf } from '../schemas.ts';

/** Certificates are the longest of them. */
const Blob = Type.String({ minLength: 1, maxLength: 16_384, pattern: '^[^\\u0000]*$' });

export const CredentialCreate = Type.Object({
  credential: Type.Object({
    type: nameOf(255),
    blob: Blob,
    user_id: Type.Optional(Id),
    project_id: Type.Optional(NullableId),
  }),
});

export const CredentialUpdate = Type.Object({
  credential: Type.Object({
    type: Type.Optional(nameOf(255)),
    blob: Type.Optional(Blob),
    user_id: Type.Optional(Id),
    project_id: Type.Optional(NullableId),
  }),
});
