import { identityErrors } from '../../../../errors.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyProvider } from '../target.ts';
import { providerBody, providerSchema } from '../wire.ts';

export const showProvider = endpoint({
  method: 'GET',
  path: '/OS-FEDERATION/identity_providers/{idp_id}',
  summary: 'Show one of the identity providers of federation.',
  requires: ['identity:federation:get'],
  status: 200,
  response: oneAnswer('identity_provider', providerSchema),
  errors: [identityErrors.providerNotFound],
  target: anyProvider,
  handle: async (_service, call, found) => ({ identity_provider: providerBody(found, call.root) }),
});
