import { Reply } from '#endpoints/endpoint.ts';
import { catalogFor } from '../../../../endpoint-filter/filtered.ts';
import { identityErrors } from '../../../../errors.ts';
import { federatedLogin } from '../../../../federation/of-token.ts';
import { endpoint } from '../../../endpoint.ts';
import { tokenAnswer, tokenBody } from '../wire.ts';
import { subjectToken } from './target.ts';

export const showToken = endpoint({
  method: 'GET',
  path: '/auth/tokens',
  summary: 'Check the token in X-Subject-Token and show what it stands for.',
  requires: [],
  status: 200,
  response: tokenAnswer,
  errors: [identityErrors.tokenNotFound],
  target: subjectToken('identity:tokens:get'),
  handle: async (service, call, token) => {
    const wantsCatalog = !Object.hasOwn(call.query as object, 'nocatalog');
    const catalog = wantsCatalog ? await catalogFor(service, token.projectId) : undefined;
    const federated = await federatedLogin(service.database.queries, token);
    const body = { token: tokenBody(token, catalog, federated) };
    const subject = String(call.headers['x-subject-token']);
    return new Reply(body, { headers: { 'x-subject-token': subject, vary: 'X-Auth-Token' } });
  },
});
