import { identityErrors } from '../../../../errors.ts';
import { createProvider as create } from '../../../../federation/change.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { ProviderCreate } from '../schema.ts';
import { chosenId } from '../target.ts';
import { providerBody, providerSchema } from '../wire.ts';

export const createProvider = endpoint({
  method: 'PUT',
  path: '/OS-FEDERATION/identity_providers/{idp_id}',
  summary: 'Add to the identity providers of federation, under the id in the path.',
  requires: ['identity:federation:create'],
  body: ProviderCreate,
  status: 201,
  response: oneAnswer('identity_provider', providerSchema),
  errors: [identityErrors.idTaken, identityErrors.domainNotFound, identityErrors.invalid],
  handle: async (service, call) => {
    const id = chosenId(call.params.idp_id);
    const wanted = call.body.identity_provider;
    const created = await create(service, {
      id,
      domainId: wanted.domain_id ?? null,
      isEnabled: wanted.enabled ?? false,
      description: wanted.description ?? null,
      remoteIds: wanted.remote_ids ?? [],
      authorizationMinutes: wanted.authorization_ttl ?? null,
    });
    return { identity_provider: providerBody(created, call.root) };
  },
});
