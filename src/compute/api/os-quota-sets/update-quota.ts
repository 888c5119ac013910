import { type Static, type TSchema, Type } from 'typebox';
import { parseBoolean } from '#compute/api/booleans.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { quotaErrors } from '#compute/quotas/errors.ts';
import { type QuotaResource, quotaResources } from '#compute/quotas/quota.ts';
import { updateQuota as changeQuota } from '#compute/quotas/update.ts';
import { quotaTarget } from './target.ts';
import { quotaWire, resourceRanges } from './wire.ts';

const closed = { additionalProperties: false };
const largestLimit = 2_147_483_647;

function limitIn(name: QuotaResource) {
  const number = Type.Integer({ minimum: -1, maximum: largestLimit });
  const digits = Type.String({ pattern: '^(-1|[0-9]{1,9})$' });
  return Type.Optional(Type.Union([number, digits], { ...resourceRanges[name] }));
}

const limitFields = Object.fromEntries(
  quotaResources.map((name): [string, TSchema] => [name, limitIn(name)]),
) as Record<QuotaResource, ReturnType<typeof limitIn>>;

const force = Type.Union([
  Type.Boolean(),
  Type.String({ pattern: '^(?:[Tt]rue|TRUE|1|[Ff]alse|FALSE|0)$' }),
]);

const body = Type.Object(
  { quota_set: Type.Object({ ...limitFields, force: Type.Optional(force) }, closed) },
  closed,
);

export const updateQuota = endpoint({
  method: 'PUT',
  path: '/os-quota-sets/{quota_project_id}',
  summary: 'Changes the quota of a project.',
  requires: ['ecs:quotas:update'],
  target: quotaTarget,
  query: Type.Object({ user_id: Type.Optional(Type.String()) }),
  body,
  status: 200,
  errors: [quotaErrors.notFound, quotaErrors.belowUsage, quotaErrors.perUser],
  handle: async (service, call, owner) => {
    if (call.query.user_id !== undefined) throw quotaErrors.perUser();
    const isForced = parseBoolean(call.body.quota_set.force ?? false) ?? false;
    const values = await changeQuota(service, owner, readChange(call.body), isForced);
    return { quota_set: quotaWire.render({ values }, call.version) };
  },
});

function readChange({ quota_set: wanted }: Static<typeof body>) {
  const given = quotaResources.filter((name) => wanted[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, Number(wanted[name])]));
}
