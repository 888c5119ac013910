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
  id?: string;
  values: Readonly<Record<QuotaResource, unknown>>;
}

/** @param schema of each value: a limit, or a limit with what is in use */
export function quotaWireWith(
  ranges: Partial<Record<QuotaResource, VersionRange>>,
  schema: TSchema = Type.Integer(),
) {
  return new Wire<QuotaView, void>([
    { name: 'id', schema: Type.String(), optional: true, value: (view) => view.id },
    ...quotaResources.map((name) => ({
      ...ranges[name],
      name,
      schema,
      value: (view: QuotaView) => view.values[name],
    })),
  ]);
}

export const quotaWire = quotaWireWith(resourceRanges);
