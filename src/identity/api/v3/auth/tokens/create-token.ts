import { Reply } from '#endpoints/endpoint.ts';
import { delegationErrors } from '#policy/delegation.ts';
import type { CatalogEntry } from '../../../../catalog/catalog.ts';
import { identityUrl } from '../../../../catalog/catalog.ts';
import { catalogFor } from '../../../../endpoint-filter/filtered.ts';
import { identityErrors } from '../../../../errors.ts';
import { federatedLogin } from '../../../../federation/of-token.ts';
import type { Receipt } from '../../../../logins/receipts.ts';
import { logIn } from '../../../../tokens/log-in.ts';
import { endpoint } from '../../../endpoint.ts';
import { tokenAnswer, tokenBody } from '../wire.ts';
import { receiptBody } from './receipt-wire.ts';
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
  response: tokenAnswer,
  errors: [
    identityErrors.loginRefused,
    identityErrors.methodUnsupported,
    identityErrors.applicationCredentialScope,
    delegationErrors.delegated,
    identityErrors.invalid,
    identityErrors.passwordExpired,
    identityErrors.tooManyLogins,
    identityErrors.loginsLimited,
  ],
  handle: async (service, call) => {
    const receipt = call.headers['openstack-auth-receipt'];
    const outcome = await logIn(service, {
      ...loginRequestOf(call.body, call.address),
      receipt: typeof receipt === 'string' ? receipt : undefined,
    });
    if ('receipt' in outcome) return receiptReply(outcome.receipt, service.catalog());
    const { token, secret } = outcome;
    const wantsCatalog = !Object.hasOwn(call.query as object, 'nocatalog');
    const catalog = wantsCatalog ? await catalogFor(service, token.projectId) : undefined;
    const federated = await federatedLogin(service.database.queries, token);
    const body = { token: tokenBody(token, catalog, federated) };
    const headers = { 'x-subject-token': secret, vary: 'X-Auth-Token' };
    return new Reply(body, { headers, by: { userId: token.user.id, projectId: token.projectId } });
  },
});

/** Who brought something, but not all that is asked of them, learns what is missing. */
function receiptReply(receipt: Receipt, catalog: readonly CatalogEntry[]): Reply {
  const headers = {
    'openstack-auth-receipt': receipt.secret,
    'www-authenticate': `Keystone uri="${identityUrl(catalog)}"`,
    vary: 'X-Auth-Token',
  };
  const by = { userId: receipt.user.id, projectId: null };
  return new Reply(receiptBody(receipt), { status: 401, headers, by });
}
