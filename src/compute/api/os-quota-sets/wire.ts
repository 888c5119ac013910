import { type TSchema, Type } from 'typebox';
import type { VersionRange } from '#base/microversion.ts';
import { type QuotaResource, quotaResources } from '#compute/quotas/quota.ts';
import { Wire } from '#endpoints/wire.ts';

/** 2.36 took the proxies of networks away, 2.57 personality files. */
export const resourceRanges: Partial<Record<QuotaResource, VersionRange>> = {
  fixed_ips: { until: '2.35' },
  floating_ips: { until: '2.35' },
  security_groups: { until: '2.35' },
  security_group_rules: { until: '2.35' },
  injected_files: { until: '2.56' },
  injected_file_content_bytes: { until: '2.56' },
  injected_file_path_bytes: { until: '2.56' },
};

/** Values are limits, or limits with what is in use. */
export interface QuotaView {
  values: Readonly<Record<QuotaResource, unknown>>;
}

/** What is shown is also told by its id; what was changed is not. */
export interface NamedQuotaView extends QuotaView {
  id: string;
}

const limit = Type.Integer();

/** @param schema of each value: a limit, or a limit with what is in use */
export function quotaFields(
  ranges: Partial<Record<QuotaResource, VersionRange>>,
  schema: TSchema = limit,
) {
  return quotaResources.map((name) => ({
    ...ranges[name],
    name,
    schema,
    value: (view: QuotaView) => view.values[name],
  }));
}

const idField = { name: 'id', schema: Type.String(), value: (view: NamedQuotaView) => view.id };

export function namedQuotaWire(
  ranges: Partial<Record<QuotaResource, VersionRange>>,
  schema?: TSchema,
): Wire<NamedQuotaView, void> {
  return new Wire([idField, ...quotaFields(ranges, schema)]);
}

export const quotaWire = namedQuotaWire(resourceRanges);

const use = Type.Object(
  { limit, in_use: Type.Integer(), reserved: Type.Integer() },
  { additionalProperties: false },
);

export const detailedQuotaWire = namedQuotaWire(resourceRanges, use);

export const namelessQuotaWire = new Wire<QuotaView, void>(quotaFields(resourceRanges));

/** The answer with a quota in that form. */
export function quotaAnswer({ schema }: { schema: TSchema }) {
  return Type.Object({ quota_set: schema }, { additionalProperties: false });
}
