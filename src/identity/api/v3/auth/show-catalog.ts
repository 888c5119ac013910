import { identityErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { wholeListBody } from '../lists.ts';
import { catalogBody } from './wire.ts';

export const showCatalog = endpoint({
  method: 'GET',
  path: '/auth/catalog',
  summary: 'The services and their addresses, for the scope of the token.',
  requires: [],
  status: 200,
  errors: [identityErrors.catalogNeedsScope],
  handle: async (service, call) => {
    const { projectId, domainId } = call.actor;
    if (projectId === null && domainId === null) throw identityErrors.catalogNeedsScope();
    const entries = catalogBody(service.catalog(), projectId);
    return wholeListBody(call, '/auth/catalog', 'catalog', entries);
  },
});
