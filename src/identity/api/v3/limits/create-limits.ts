import { identityErrors } from '../../../errors.ts';
import { createLimits } from '../../../limits/limits.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { wholeListBody } from '../lists.ts';
import { LimitsCreate } from './schema.ts';
import { limitBody, limitSchema } from './wire.ts';

export const createLimitsEndpoint = endpoint({
  method: 'POST',
  path: '/limits',
  summary: 'Give projects or domains limits of their own; all or none is recorded.',
  requires: ['identity:limits:create'],
  body: LimitsCreate,
  status: 201,
  response: listAnswer('limits', limitSchema),
  errors: [identityErrors.invalid, identityErrors.limitHasNoReference, identityErrors.limitTaken],
  handle: async (service, call) => {
    const wanted = call.body.limits.map((one) => ({
      serviceId: one.service_id,
      regionId: one.region_id ?? null,
      resourceName: one.resource_name,
      resourceLimit: one.resource_limit,
      description: one.description ?? null,
      ...ownerOf(one.project_id ?? null, one.domain_id ?? null),
    }));
    const created = await createLimits(service, wanted);
    const bodies = created.map((one) => limitBody(one, call.root));
    return wholeListBody(call, '/limits', 'limits', bodies);
  },
});

function ownerOf(projectId: string | null, domainId: string | null) {
  const ownerId = projectId ?? domainId;
  if (ownerId === null || (projectId !== null && domainId !== null)) {
    throw identityErrors.invalid({ reason: 'A limit is of either a project or a domain.' });
  }
  return { ownerId, ownerIsDomain: projectId === null };
}
