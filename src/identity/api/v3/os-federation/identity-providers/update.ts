import { identityErrors } from '../../../../errors.ts';
import { updateProvider as update } from '../../../../federation/change.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { ProviderUpdate } from '../schema.ts';
import { anyProvider } from '../target.ts';
import { providerBody, providerSchema } from '../wire.ts';

export const updateProvider = endpoint({
  method: 'PATCH',
  path: '/OS-FEDERATION/identity_providers/{idp_id}',
  summary: 'Change one of the identity providers of federation.',
  requires: ['identity:federation:update'],
  body: ProviderUpdate,
  status: 200,
  response: oneAnswer('identity_provider', providerSchema),
  errors: [
    identityErrors.providerNotFound,
    identityErrors.idTaken,
    identityErrors.domainNotFound,
    identityErrors.invalid,
  ],
  target: anyProvider,
  handle: async (service, call, before) => {
    const wanted = call.body.identity_provider;
    const changed = await update(service, before, {
      ...(wanted.enabled === undefined ? {} : { isEnabled: wanted.enabled }),
      ...(wanted.description === undefined ? {} : { description: wanted.description }),
      ...(wanted.remote_ids === undefined ? {} : { remoteIds: wanted.remote_ids ?? [] }),
      ...(wanted.authorization_ttl === undefined
        ? {}
        : { authorizationMinutes: wanted.authorization_ttl }),
    });
    return { identity_provider: providerBody(changed, call.root) };
  },
});
