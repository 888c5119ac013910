import { identityErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { anyRegion } from './target.ts';
import { regionBody, regionSchema } from './wire.ts';

export const showRegion = endpoint({
  method: 'GET',
  path: '/regions/{region_id}',
  summary: 'Show a part of the catalog: a region.',
  requires: [],
  status: 200,
  response: oneAnswer('region', regionSchema),
  errors: [identityErrors.regionNotFound],
  target: anyRegion,
  handle: async (_service, call, found) => ({ region: regionBody(found, call.root) }),
});
