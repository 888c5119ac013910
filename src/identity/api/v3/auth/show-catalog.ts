import { catalogFor } from '../../../endpoint-filter/filtered.ts';
import { identityErrors } from '../../../errors.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { wholeListBody } from '../lists.ts';
import { catalogBody, catalogEntrySchema } from './wire.ts';

export const showCatalog = endpoint({
  method: 'GET',
  path: '/auth/catalog',
  summary: 'The services and their addresses, for the scope of the token.',
  requires: [],
  status: 200,
  response: listAnswer('catalog', catalogEntrySchema),
  errors: [identityErrors.catalogNeedsScope],
  handle: async (service, call) => {
    const { userId, projectId, domainId, isSystem } = call.actor;
    if (projectId === null && domainId === null && !isSystem)
      throw identityErrors.catalogNeedsScope();
    const entries = catalogBody(await catalogFor(service, projectId), { projectId, userId });
    return wholeListBody(call, '/auth/catalog', 'catalog', entries);
  },
});
