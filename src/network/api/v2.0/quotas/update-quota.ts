import { Type } from 'typebox';
import { networkErrors } from '../../../errors.ts';
import { type QuotaResource, quotaResources } from '../../../quotas/quota.ts';
import { updateQuota } from '../../../quotas/update.ts';
import { endpoint } from '../../endpoint.ts';
import { Id } from '../../values.ts';
import { quotaAnswer } from './answers.ts';
import { requireProjectId } from './require-seen.ts';

const largestLimit = 2_147_483_647;

/** Numbers, which the command-line client sends as text. */
const limit = Type.Optional(
  Type.Union([
    Type.Integer({ minimum: -1, maximum: largestLimit }),
    Type.String({ pattern: '^(-1|[0-9]{1,9})$' }),
  ]),
);
const limits = Object.fromEntries(quotaResources.map((name) => [name, limit])) as Record<
  QuotaResource,
  typeof limit
>;

/** `force` is said by newer clients: limits below what is used are always taken here. */
const changes = { ...limits, force: Type.Optional(Type.Boolean()), tenant_id: Type.Optional(Id) };

const closed = { additionalProperties: false };
const body = Type.Object({ quota: Type.Object(changes, closed) }, closed);

export const updateQuotaEndpoint = endpoint({
  method: 'PUT',
  path: '/quotas/{project_id}',
  summary: 'Changes what a project may have.',
  requires: ['vpc:quotas:update'],
  body,
  status: 200,
  response: quotaAnswer,
  errors: [networkErrors.invalidInput],
  handle: async ({ context }, { params, body: { quota } }) => {
    requireProjectId(params.project_id);
    const given = quotaResources.filter((name) => quota[name] !== undefined);
    const change = Object.fromEntries(given.map((name) => [name, Number(quota[name])]));
    return { quota: await updateQuota(context, params.project_id, change) };
  },
});
