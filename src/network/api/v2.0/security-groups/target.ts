import { networkErrors } from '../../../errors.ts';
import { findGroup } from '../../../security-groups/store.ts';
import type { NetworkService } from '../../../service.ts';
import { networkThing } from '../../../things.ts';

interface Named {
  params: { security_group_id: string };
}

/** What `{security_group_id}` in a path names. */
export const securityGroupTarget = {
  find: ({ context }: NetworkService, { params }: Named) =>
    findGroup(context.database.queries, params.security_group_id),
  thing: networkThing('securityGroup'),
  absent: ({ params }: Named) =>
    networkErrors.securityGroupNotFound({ id: params.security_group_id }),
};
