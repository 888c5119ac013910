import type { QuotaLimits } from '#compute/service.ts';

/** What Nova counts or bounds per project, under the names its API has for them. */
export const quotaResources = [
  'instances',
  'cores',
  'ram',
  'floating_ips',
  'fixed_ips',
  'metadata_items',
  'injected_files',
  'injected_file_content_bytes',
  'injected_file_path_bytes',
  'security_groups',
  'security_group_rules',
  'key_pairs',
  'server_groups',
  'server_group_members',
] as const;

export type QuotaResource = (typeof quotaResources)[number];

/** -1 means any number. */
export type Quota = Readonly<Record<QuotaResource, number>>;

/** Networks are bounded by the network service, and personality files are not there any more. */
const legacyQuota = {
  floating_ips: -1,
  fixed_ips: -1,
  security_groups: -1,
  security_group_rules: -1,
  injected_files: 5,
  injected_file_content_bytes: 10_240,
  injected_file_path_bytes: 255,
};

/** A project's quota before an administrator changed it. */
export function defaultQuotaOf(defaults: QuotaLimits): Quota {
  return {
    ...legacyQuota,
    instances: defaults.instances,
    cores: defaults.cores,
    ram: defaults.memoryMib,
    metadata_items: defaults.metadataItems,
    key_pairs: defaults.keyPairs,
    server_groups: defaults.serverGroups,
    server_group_members: defaults.serverGroupMembers,
  };
}

export function limitsOf(quota: Quota): QuotaLimits {
  return {
    instances: quota.instances,
    cores: quota.cores,
    memoryMib: quota.ram,
    metadataItems: quota.metadata_items,
    keyPairs: quota.key_pairs,
    serverGroups: quota.server_groups,
    serverGroupMembers: quota.server_group_members,
  };
}
