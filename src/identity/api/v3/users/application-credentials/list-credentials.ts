import { Type } from 'typebox';
import { listApplicationCredentials } from '../../../../application-credentials/list.ts';
import { identityErrors } from '../../../../errors.ts';
import { listAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { wholeListBody } from '../../lists.ts';
import { oneselfOr } from '../target.ts';
import { credentialBody, credentialSchema } from './wire.ts';

export const listApplicationCredentialsEndpoint = endpoint({
  method: 'GET',
  path: '/users/{user_id}/application_credentials',
  summary: 'List the application credentials of a user.',
  requires: [],
  query: Type.Object({ name: Type.Optional(Type.String()) }),
  status: 200,
  response: listAnswer('application_credentials', credentialSchema),
  errors: [identityErrors.userNotFound],
  target: oneselfOr('identity:applicationCredentials:list'),
  handle: async (service, call, user) => {
    const found = await listApplicationCredentials(service, user, call.query.name);
    const bodies = found.map((credential) => credentialBody(credential, call.root));
    const path = `/users/${user.id}/application_credentials`;
    return wholeListBody(call, path, 'application_credentials', bodies);
  },
});
