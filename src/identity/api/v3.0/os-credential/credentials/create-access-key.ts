import { Type } from 'typebox';
import { requestErrors } from '#base/errors.ts';
import { delegationErrors } from '#policy/delegation.ts';
import { createAccessKey } from '../../../../access-keys/create.ts';
import { identityErrors } from '../../../../errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { Id } from '../../../v3/schemas.ts';
import { KeyDescription } from './schema.ts';
import { accessKeyBody, newAccessKeyAnswer } from './wire.ts';

export const createAccessKeyEndpoint = endpoint({
  method: 'POST',
  path: '/OS-CREDENTIAL/credentials',
  summary: 'Create a permanent access key, whose secret is told only here.',
  requires: [],
  body: Type.Object({
    credential: Type.Object({ user_id: Id, description: Type.Optional(KeyDescription) }),
  }),
  status: 201,
  response: newAccessKeyAnswer,
  errors: [
    identityErrors.userNotFound,
    identityErrors.accessKeysExceeded,
    requestErrors.policyRefused,
    delegationErrors.delegated,
  ],
  handle: async (service, call) => {
    const { user_id: userId, description = '' } = call.body.credential;
    const { key, secret } = await createAccessKey(service, call.actor, { userId, description });
    return { credential: { ...accessKeyBody(key), secret } };
  },
});
