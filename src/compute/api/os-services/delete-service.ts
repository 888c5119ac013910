import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { deleteService as removeService } from '#compute/services/delete.ts';
import { serviceErrors } from '#compute/services/errors.ts';
import { serviceByNumber, serviceByUuid } from './target.ts';

const shared = {
  method: 'DELETE',
  path: '/os-services/{service_id}',
  summary: 'Forgets a service; with that of a host that runs servers, the host.',
  requires: ['ecs:services:delete'],
  query: noQuery,
  status: 204,
  errors: [serviceErrors.notFound, serviceErrors.idMalformed, serviceErrors.hasServers],
} as const;

export const deleteService = [
  endpoint({
    ...shared,
    until: '2.52',
    target: serviceByNumber,
    handle: (service, _call, row) => removeService(service, row),
  }),
  endpoint({
    ...shared,
    since: '2.53',
    target: serviceByUuid,
    handle: (service, _call, row) => removeService(service, row),
  }),
];
