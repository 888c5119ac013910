import { Type } from 'typebox';
import { requestErrors } from '#base/errors.ts';
import { listAccessKeys } from '../../../../access-keys/list.ts';
import { closed } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { LookedUp } from '../../../v3/schemas.ts';
import { accessKeyBody, accessKeySchema } from './wire.ts';

export const listAccessKeysEndpoint = endpoint({
  method: 'GET',
  path: '/OS-CREDENTIAL/credentials',
  summary: "List a user's permanent access keys: one's own when no user is named.",
  requires: [],
  query: Type.Object({ user_id: Type.Optional(LookedUp) }),
  status: 200,
  response: Type.Object({ credentials: Type.Array(accessKeySchema) }, closed),
  errors: [requestErrors.policyRefused],
  handle: async (service, call) => {
    const userId = call.query.user_id ?? call.actor.userId;
    const keys = await listAccessKeys(service, call.actor, userId);
    return { credentials: keys.map(accessKeyBody) };
  },
});
