import { Type } from 'typebox';
import { parseBoolean } from '#compute/api/booleans.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { quotaErrors } from '#compute/quotas/errors.ts';
import { updateQuota as changeQuota } from '#compute/quotas/update.ts';
import { limitFields, readLimits } from './limit-fields.ts';
import { quotaQuery, quotaTarget } from './target.ts';
import { namelessQuotaWire, quotaAnswer, resourceRanges } from './wire.ts';

const closed = { additionalProperties: false };

const force = Type.Union([
  Type.Boolean(),
  Type.String({ pattern: '^(?:[Tt]rue|TRUE|1|[Ff]alse|FALSE|0)$' }),
]);

const body = Type.Object(
  {
    quota_set: Type.Object({ ...limitFields(resourceRanges), force: Type.Optional(force) }, closed),
  },
  closed,
);

export const updateQuota = endpoint({
  method: 'PUT',
  path: '/os-quota-sets/{quota_project_id}',
  summary: 'Changes the quota of a project, or what one user may take of it.',
  requires: ['ecs:quotas:update'],
  target: quotaTarget,
  query: quotaQuery,
  body,
  status: 200,
  response: quotaAnswer(namelessQuotaWire),
  errors: [
    quotaErrors.notFound,
    quotaErrors.projectUnknown,
    quotaErrors.belowUsage,
    quotaErrors.aboveProject,
  ],
  handle: async (service, call, subject) => {
    const { force: forced, ...limits } = call.body.quota_set;
    const isForced = parseBoolean(forced ?? false) ?? false;
    const values = await changeQuota(service, subject, readLimits(limits), isForced);
    return { quota_set: namelessQuotaWire.render({ values }, call.version) };
  },
});
