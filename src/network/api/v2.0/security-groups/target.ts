import { networkErrors } from '../../../errors.ts';
import { findGroup } from '../../../security-groups/store.ts';
import type { NetworkService } from '../../../service.ts';

interface Named {
  params: { security_group_id: string };
}

/** What `{security_group_id}` in a path names. */
export const securityGroupTarget = {
  find: ({ context }: NetworkService, { params }: Named) =>
    findGroup(context.database.queries, params.security_group_id),
  absent: ({ params }: Named) =>
    networkErrors.securityGroupNotFound({ id: params.security_group_id }),
};
