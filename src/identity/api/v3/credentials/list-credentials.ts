import { Type } from 'typebox';
import { listCredentials } from '../../../credentials/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { listBody, pageParameters, pageRequest } from '../lists.ts';
import { credentialBody, credentialSchema } from './wire.ts';

export const listCredentialsEndpoint = endpoint({
  method: 'GET',
  path: '/credentials',
  summary: 'List credentials without their secrets: one’s own, or with permission all.',
  requires: [],
  query: Type.Object({
    user_id: Type.Optional(Type.String()),
    type: Type.Optional(Type.String()),
    ...pageParameters,
  }),
  status: 200,
  response: listAnswer('credentials', credentialSchema),
  handle: async (service, call) => {
    const { user_id: userId, type } = call.query;
    const asked = { userId, type };
    const page = await listCredentials(service, call.actor, asked, pageRequest(call.query));
    return listBody(call, '/credentials', 'credentials', page, credentialBody);
  },
});
