import { Reply } from '#endpoints/endpoint.ts';
import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import { logInByProvider } from '../../../federation/log-in.ts';
import { federatedLogin } from '../../../federation/of-token.ts';
import { endpoint } from '../../endpoint.ts';
import { tokenAnswer, tokenBody } from '../auth/wire.ts';

const path = '/OS-FEDERATION/identity_providers/{idp_id}/protocols/{protocol_id}/auth';

const shared = {
  summary: 'Log in by the token of an OpenID provider, in Authorization: Bearer.',
  requires: [],
  public: true,
  status: 201,
  response: tokenAnswer,
  errors: [identityErrors.loginRefused],
};

interface AuthCall {
  params: { idp_id: string; protocol_id: string };
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

async function handle(service: IdentityContext, call: AuthCall): Promise<Reply> {
  const bearer = /^bearer +(\S+)$/i.exec(String(call.headers.authorization ?? ''))?.[1];
  if (bearer === undefined) throw identityErrors.loginRefused();
  const { idp_id: idpId, protocol_id: protocolId } = call.params;
  const { token, secret } = await logInByProvider(service, { idpId, protocolId }, bearer);
  const headers = { 'x-subject-token': secret, vary: 'X-Auth-Token' };
  const federated = await federatedLogin(service.database.queries, token);
  const by = { userId: token.user.id, projectId: token.projectId };
  return new Reply({ token: tokenBody(token, undefined, federated) }, { headers, by });
}

/** Keystone's clients use either method. */
export const federationAuthEndpoints = [
  endpoint({ ...shared, method: 'GET', path, handle }),
  endpoint({ ...shared, method: 'POST', path, handle }),
];
