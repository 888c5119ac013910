import type { Actor } from '#policy/actor.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { projectFor } from '../ownership.ts';
import { checkQuota } from '../quotas/store.ts';
import { securityErrors } from '../security-group-rules/errors.ts';
import { ensureDefaultGroupIn, makeGroup } from './make.ts';
import { defaultGroupName, type SecurityGroup } from './security-group.ts';
import { findGroup } from './store.ts';

export interface NewSecurityGroup {
  name: string;
  description?: string | undefined;
  projectId?: string | undefined;
  stateful?: boolean | undefined;
}

/** @throws SecurityGroupDefaultAlreadyExists, OverQuota. */
export function createSecurityGroup(
  context: NetworkContext,
  actor: Actor,
  wanted: NewSecurityGroup,
  refuse: Pick<typeof networkErrors, 'overQuota'> = networkErrors,
): Promise<SecurityGroup> {
  const projectId = projectFor(actor, wanted.projectId, 'vpc:securityGroups:create');
  if (wanted.name.toLowerCase() === defaultGroupName) throw securityErrors.defaultExists();
  return context.transact(async (tx) => {
    await ensureDefaultGroupIn(context, tx, projectId);
    await checkQuota(tx, 'security_group', projectId, refuse);
    const group = {
      projectId,
      name: wanted.name,
      description: wanted.description ?? '',
      stateful: wanted.stateful ?? true,
    };
    const id = await makeGroup(context, tx, group, false);
    const made = await findGroup(tx, id);
    if (!made) throw new Error(`security group ${id} vanished while it was made`);
    return made;
  });
}
