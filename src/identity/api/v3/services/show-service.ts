import { identityErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { serviceBody } from './wire.ts';

export const showService = endpoint({
  method: 'GET',
  path: '/services/{service_id}',
  summary: 'Show a service of the catalog.',
  requires: ['identity:services:get'],
  status: 200,
  errors: [identityErrors.serviceNotFound],
  handle: async (service, call) => {
    const id = call.params.service_id;
    const entry = service.catalog().find((candidate) => candidate.id === id);
    if (!entry) throw identityErrors.serviceNotFound({ id });
    return { service: serviceBody(entry, call.root) };
  },
});
