/** What a project may have of each resource; the API's names. -1 means: no limit. */
export const defaultQuota = {
  network: 100,
  subnet: 100,
  // Neutron's own default is 500; a port is one row here, and servers are limited on their own.
  port: 10_000,
  router: 10,
  floatingip: 50,
  security_group: 100,
  security_group_rule: 1000,
} as const;

export type QuotaResource = keyof typeof defaultQuota;

export const quotaResources = Object.keys(defaultQuota) as readonly QuotaResource[];

export type Quota = Readonly<Record<QuotaResource, number>>;
