import { type TSchema, Type } from 'typebox';
import type { VersionRange } from '#base/microversion.ts';
import { type QuotaResource, quotaResources } from '#compute/quotas/quota.ts';

const largestLimit = 2_147_483_647;

function limitIn(range: VersionRange | undefined) {
  const number = Type.Integer({ minimum: -1, maximum: largestLimit });
  const digits = Type.String({ pattern: '^(-1|[0-9]{1,9})$' });
  return Type.Optional(Type.Union([number, digits], { ...range }));
}

type Limits = Record<QuotaResource | 'networks', ReturnType<typeof limitIn>>;

/**
 * Members of a body that changes limits, each in the versions that have it. `networks`, of a part
 * of Nova that is gone, is taken as long as fixed IPs are, and bounds and shows nothing.
 */
export function limitFields(ranges: Partial<Record<QuotaResource, VersionRange>>): Limits {
  const fields = quotaResources.map((name): [string, TSchema] => [name, limitIn(ranges[name])]);
  return Object.fromEntries([...fields, ['networks', limitIn(ranges.fixed_ips)]]) as Limits;
}

/** The limits that a body names, as numbers. */
export function readLimits(
  wanted: Partial<Record<QuotaResource, number | string>>,
): Partial<Record<QuotaResource, number>> {
  const given = quotaResources.filter((name) => wanted[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, Number(wanted[name])]));
}
