import { identityErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { anyService } from './target.ts';
import { serviceBody, serviceSchema } from './wire.ts';

export const showService = endpoint({
  method: 'GET',
  path: '/services/{service_id}',
  summary: 'Show a part of the catalog: a service.',
  requires: ['identity:services:get'],
  status: 200,
  response: oneAnswer('service', serviceSchema),
  errors: [identityErrors.serviceNotFound],
  target: anyService,
  handle: async (_service, call, found) => ({ service: serviceBody(found, call.root) }),
});
