import { identityErrors } from '../../../../errors.ts';
import { revokeToken } from '../../../../tokens/revoke.ts';
import { endpoint } from '../../../endpoint.ts';
import { subjectToken } from './target.ts';

export const revokeTokenEndpoint = endpoint({
  method: 'DELETE',
  path: '/auth/tokens',
  summary: 'Revoke the token in X-Subject-Token, at once.',
  requires: [],
  status: 204,
  errors: [identityErrors.tokenNotFound],
  target: subjectToken('identity:tokens:delete'),
  handle: (service, _call, token) => revokeToken(service, token),
});
