import { Reply } from '#endpoints/endpoint.ts';
import { identityErrors } from '../../../../errors.ts';
import { logIn } from '../../../../tokens/log-in.ts';
import { endpoint } from '../../../endpoint.ts';
import { tokenBody } from '../wire.ts';
import { loginRequestOf, TokenRequest } from './schema.ts';

/** The token itself is only in the header, and only in this answer. */
export const createToken = endpoint({
  method: 'POST',
  path: '/auth/tokens',
  summary: 'Log in: prove who you are, choose a scope, get a token.',
  requires: [],
  public: true,
  body: TokenRequest,
  status: 201,
  errors: [
    identityErrors.loginRefused,
    identityErrors.methodUnsupported,
    identityErrors.invalid,
    identityErrors.tooManyLogins,
  ],
  handle: async (service, call) => {
    const { token, secret } = await logIn(service, loginRequestOf(call.body));
    const wantsCatalog = !Object.hasOwn(call.query as object, 'nocatalog');
    const body = { token: tokenBody(token, wantsCatalog ? service.catalog() : undefined) };
    return new Reply(body, { headers: { 'x-subject-token': secret, vary: 'X-Auth-Token' } });
  },
});
