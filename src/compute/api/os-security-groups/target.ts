import type { ComputeService } from '#compute/service.ts';
import type { SecurityGroup } from '#network/service.ts';
import { absentGroup } from './errors.ts';

interface Named {
  params: { security_group_id: string };
}

/** What `{security_group_id}` in a path names. */
export const securityGroupTarget = {
  find: (service: ComputeService, { params }: Named): Promise<SecurityGroup | undefined> =>
    service.networks.proxies.groups.find(params.security_group_id),
  absent: ({ params }: Named) => absentGroup(params.security_group_id),
};
