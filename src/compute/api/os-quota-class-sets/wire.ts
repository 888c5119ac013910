import { type TSchema, Type } from 'typebox';
import {
  namedQuotaWire,
  type QuotaView,
  quotaFields,
  resourceRanges,
} from '#compute/api/os-quota-sets/wire.ts';
import { Wire } from '#endpoints/wire.ts';

const networkRange = { until: '2.49' };

/** What a change may name: classes lost the proxies of networks only in 2.50. */
export const changeRanges = {
  ...resourceRanges,
  fixed_ips: networkRange,
  floating_ips: networkRange,
  security_groups: networkRange,
  security_group_rules: networkRange,
};

/** Classes show server groups only since 2.50. */
const shownRanges = {
  ...changeRanges,
  server_groups: { since: '2.50' },
  server_group_members: { since: '2.50' },
};

export const quotaClassWire = namedQuotaWire(shownRanges);

/** A class that was changed is told without its name. */
export const namelessClassWire = new Wire<QuotaView, void>(quotaFields(shownRanges));

export function classAnswer({ schema }: { schema: TSchema }) {
  return Type.Object({ quota_class_set: schema }, { additionalProperties: false });
}
