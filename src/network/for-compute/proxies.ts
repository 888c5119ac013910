import type { NetworkContext } from '../context.ts';
import type { QuotaResource } from '../quotas/quota.ts';
import { quotaUsage, type Usage } from '../quotas/usage.ts';
import { type AddressDesk, addressDesk } from './addresses.ts';
import { type FloatingIpDesk, floatingIpDesk } from './floating-ips.ts';
import { type NetworkDesk, networkDesk } from './networks.ts';
import { type SecurityGroupDesk, securityGroupDesk } from './security-groups.ts';

/** What stands behind the network endpoints that compute keeps for old clients. */
export interface NetworkProxies {
  readonly groups: SecurityGroupDesk;
  readonly floatingIps: FloatingIpDesk;
  readonly networks: NetworkDesk;
  readonly addresses: AddressDesk;
  /** What a project may have and has, by Neutron's names. */
  quotaUsage(projectId: string): Promise<Record<QuotaResource, Usage>>;
}

export function networkProxies(context: NetworkContext): NetworkProxies {
  return {
    groups: securityGroupDesk(context),
    floatingIps: floatingIpDesk(context),
    networks: networkDesk(context),
    addresses: addressDesk(context),
    quotaUsage: (projectId) => quotaUsage(context, projectId),
  };
}
