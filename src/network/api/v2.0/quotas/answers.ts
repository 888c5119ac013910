import { type TSchema, Type } from 'typebox';
import { quotaResources } from '../../../quotas/quota.ts';

const closed = { additionalProperties: false };
const number = Type.Integer();

function each(value: TSchema): Record<string, TSchema> {
  return Object.fromEntries(quotaResources.map((name) => [name, value]));
}

const use = Type.Object({ limit: number, used: number, reserved: number }, closed);
const owner = { project_id: Type.String(), tenant_id: Type.String() };

export const quotaAnswer = Type.Object({ quota: Type.Object(each(number), closed) }, closed);
export const quotaUseAnswer = Type.Object({ quota: Type.Object(each(use), closed) }, closed);
export const quotasAnswer = Type.Object(
  { quotas: Type.Array(Type.Object({ ...each(number), ...owner }, closed)) },
  closed,
);
