import { Type } from 'typebox';
import { listProviders } from '../../../../federation/list.ts';
import { listAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { isTrue, wholeListBody } from '../../lists.ts';
import { providerBody, providerSchema } from '../wire.ts';

export const listProvidersEndpoint = endpoint({
  method: 'GET',
  path: '/OS-FEDERATION/identity_providers',
  summary: 'List the identity providers of federation.',
  requires: ['identity:federation:list'],
  query: Type.Object({ id: Type.Optional(Type.String()), enabled: Type.Optional(Type.String()) }),
  status: 200,
  response: listAnswer('identity_providers', providerSchema),
  handle: async (service, call) => {
    const { id, enabled } = call.query;
    const isEnabled = isTrue(enabled);
    const found = (await listProviders(service))
      .filter((one) => id === undefined || one.id === id)
      .filter((one) => isEnabled === undefined || one.isEnabled === isEnabled);
    const bodies = found.map((one) => providerBody(one, call.root));
    return wholeListBody(call, '/OS-FEDERATION/identity_providers', 'identity_providers', bodies);
  },
});
