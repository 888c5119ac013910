import { Type } from 'typebox';
import { updateAccessKey } from '../../../../access-keys/update.ts';
import { identityErrors } from '../../../../errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { KeyDescription } from './schema.ts';
import { ownKeyOr } from './target.ts';
import { accessKeyAnswer, accessKeyBody } from './wire.ts';

export const updateAccessKeyEndpoint = endpoint({
  method: 'PUT',
  path: '/OS-CREDENTIAL/credentials/{access_key}',
  summary: 'Make a permanent access key active or inactive, or describe it anew.',
  requires: [],
  body: Type.Object({
    credential: Type.Object({
      status: Type.Optional(Type.Enum(['active', 'inactive'])),
      description: Type.Optional(KeyDescription),
    }),
  }),
  status: 200,
  response: accessKeyAnswer,
  errors: [identityErrors.accessKeyNotFound],
  target: ownKeyOr('identity:accessKeys:update'),
  handle: async (service, call, key) => {
    const { status, description } = call.body.credential;
    const isActive = status === undefined ? undefined : status === 'active';
    const changed = await updateAccessKey(service, call.actor, key, { description, isActive });
    return { credential: accessKeyBody(changed) };
  },
});
