import type { Quota, QuotaResource } from '#compute/quotas/quota.ts';
import { Wire } from '#endpoints/wire.ts';

export interface LimitsView {
  quota: Quota;
  usage: Readonly<Record<QuotaResource, number>>;
}

/** 2.36 took the proxies of networks away, 2.39 those of images, 2.57 personality files. */
export const limitsWire = new Wire<LimitsView, void>([
  { name: 'maxTotalInstances', value: ({ quota }) => quota.instances },
  { name: 'maxTotalCores', value: ({ quota }) => quota.cores },
  { name: 'maxTotalRAMSize', value: ({ quota }) => quota.ram },
  { name: 'maxTotalFloatingIps', until: '2.35', value: ({ quota }) => quota.floating_ips },
  { name: 'maxServerMeta', value: ({ quota }) => quota.metadata_items },
  { name: 'maxImageMeta', until: '2.38', value: ({ quota }) => quota.metadata_items },
  { name: 'maxPersonality', until: '2.56', value: ({ quota }) => quota.injected_files },
  {
    name: 'maxPersonalitySize',
    until: '2.56',
    value: ({ quota }) => quota.injected_file_content_bytes,
  },
  { name: 'maxSecurityGroups', until: '2.35', value: ({ quota }) => quota.security_groups },
  {
    name: 'maxSecurityGroupRules',
    until: '2.35',
    value: ({ quota }) => quota.security_group_rules,
  },
  { name: 'maxTotalKeypairs', value: ({ quota }) => quota.key_pairs },
  { name: 'maxServerGroups', value: ({ quota }) => quota.server_groups },
  { name: 'maxServerGroupMembers', value: ({ quota }) => quota.server_group_members },
  { name: 'totalRAMUsed', value: ({ usage }) => usage.ram },
  { name: 'totalCoresUsed', value: ({ usage }) => usage.cores },
  { name: 'totalInstancesUsed', value: ({ usage }) => usage.instances },
  { name: 'totalFloatingIpsUsed', until: '2.35', value: ({ usage }) => usage.floating_ips },
  { name: 'totalSecurityGroupsUsed', until: '2.35', value: ({ usage }) => usage.security_groups },
  { name: 'totalServerGroupsUsed', value: ({ usage }) => usage.server_groups },
]);
