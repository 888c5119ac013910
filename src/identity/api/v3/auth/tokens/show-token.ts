import { Reply } from '#endpoints/endpoint.ts';
import { identityErrors } from '../../../../errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { tokenBody } from '../wire.ts';
import { subjectToken } from './target.ts';

export const showToken = endpoint({
  method: 'GET',
  path: '/auth/tokens',
  summary: 'Check the token in X-Subject-Token and show what it stands for.',
  requires: [],
  status: 200,
  errors: [identityErrors.tokenNotFound],
  target: subjectToken('identity:tokens:get'),
  handle: async (service, call, token) => {
    const wantsCatalog = !Object.hasOwn(call.query as object, 'nocatalog');
    const body = { token: tokenBody(token, wantsCatalog ? service.catalog() : undefined) };
    const subject = String(call.headers['x-subject-token']);
    return new Reply(body, { headers: { 'x-subject-token': subject, vary: 'X-Auth-Token' } });
  },
});
