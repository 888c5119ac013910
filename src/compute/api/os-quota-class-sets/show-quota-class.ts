import { endpoint } from '#compute/api/endpoint.ts';
import { quotaWireWith, resourceRanges } from '#compute/api/os-quota-sets/wire.ts';
import { defaultQuotaOf } from '#compute/quotas/quota.ts';

/** Classes learned of server groups only in 2.50. */
const classWire = quotaWireWith({
  ...resourceRanges,
  fixed_ips: { until: '2.49' },
  floating_ips: { until: '2.49' },
  security_groups: { until: '2.49' },
  security_group_rules: { until: '2.49' },
  server_groups: { since: '2.50' },
  server_group_members: { since: '2.50' },
});

/** There is one class, `default`; of others Nova, too, shows the defaults. */
export const showQuotaClass = endpoint({
  method: 'GET',
  path: '/os-quota-class-sets/{quota_class}',
  summary: 'Shows the default quota as a quota class.',
  requires: ['ecs:quotas:get'],
  status: 200,
  handle: async (service, call) => {
    const view = { id: call.params.quota_class, values: defaultQuotaOf(service.quota) };
    return { quota_class_set: classWire.render(view, call.version) };
  },
});
