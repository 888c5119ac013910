import { Type } from 'typebox';
import type { Quota, QuotaResource } from '#compute/quotas/quota.ts';
import { Wire } from '#endpoints/wire.ts';

export interface LimitsView {
  quota: Quota;
  usage: Readonly<Record<QuotaResource, number>>;
}

/** 2.36 took the proxies of networks away, 2.39 those of images, 2.57 personality files. */
export const limitsWire = new Wire<LimitsView, void>([
  { name: 'maxTotalInstances', schema: Type.Integer(), value: ({ quota }) => quota.instances },
  { name: 'maxTotalCores', schema: Type.Integer(), value: ({ quota }) => quota.cores },
  { name: 'maxTotalRAMSize', schema: Type.Integer(), value: ({ quota }) => quota.ram },
  {
    name: 'maxTotalFloatingIps',
    schema: Type.Integer(),
    until: '2.35',
    value: ({ quota }) => quota.floating_ips,
  },
  { name: 'maxServerMeta', schema: Type.Integer(), value: ({ quota }) => quota.metadata_items },
  {
    name: 'maxImageMeta',
    schema: Type.Integer(),
    until: '2.38',
    value: ({ quota }) => quota.metadata_items,
  },
  {
    name: 'maxPersonality',
    schema: Type.Integer(),
    until: '2.56',
    value: ({ quota }) => quota.injected_files,
  },
  {
    name: 'maxPersonalitySize',
    schema: Type.Integer(),
    until: '2.56',
    value: ({ quota }) => quota.injected_file_content_bytes,
  },
  {
    name: 'maxSecurityGroups',
    schema: Type.Integer(),
    until: '2.35',
    value: ({ quota }) => quota.security_groups,
  },
  {
    name: 'maxSecurityGroupRules',
    schema: Type.Integer(),
    until: '2.35',
    value: ({ quota }) => quota.security_group_rules,
  },
  { name: 'maxTotalKeypairs', schema: Type.Integer(), value: ({ quota }) => quota.key_pairs },
  { name: 'maxServerGroups', schema: Type.Integer(), value: ({ quota }) => quota.server_groups },
  {
    name: 'maxServerGroupMembers',
    schema: Type.Integer(),
    value: ({ quota }) => quota.server_group_members,
  },
  { name: 'totalRAMUsed', schema: Type.Integer(), value: ({ usage }) => usage.ram },
  { name: 'totalCoresUsed', schema: Type.Integer(), value: ({ usage }) => usage.cores },
  { name: 'totalInstancesUsed', schema: Type.Integer(), value: ({ usage }) => usage.instances },
  {
    name: 'totalFloatingIpsUsed',
    schema: Type.Integer(),
    until: '2.35',
    value: ({ usage }) => usage.floating_ips,
  },
  {
    name: 'totalSecurityGroupsUsed',
    schema: Type.Integer(),
    until: '2.35',
    value: ({ usage }) => usage.security_groups,
  },
  {
    name: 'totalServerGroupsUsed',
    schema: Type.Integer(),
    value: ({ usage }) => usage.server_groups,
  },
]);
