import type { ComputeService } from '#compute/service.ts';
import { networkThing, type SecurityGroup } from '#network/service.ts';
import { absentGroup } from './errors.ts';

interface Named {
  params: { security_group_id: string };
}

/** What `{security_group_id}` in a path names. */
export const securityGroupTarget = {
  find: (service: ComputeService, { params }: Named): Promise<SecurityGroup | undefined> =>
    service.networks.proxies.groups.find(params.security_group_id),
  thing: networkThing('securityGroup'),
  absent: ({ params }: Named) => absentGroup(params.security_group_id),
};
