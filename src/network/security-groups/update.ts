import type { Allowed } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { securityErrors } from '../security-group-rules/errors.ts';
import { defaultGroupName, type SecurityGroup } from './security-group.ts';
import { findGroup, updateGroupRow } from './store.ts';

export interface SecurityGroupChange {
  name?: string | undefined;
  description?: string | undefined;
  stateful?: boolean | undefined;
}

/** @throws SecurityGroupCannotUpdateDefault for a new name of the default group. */
export function updateSecurityGroup(
  context: NetworkContext,
  target: Allowed<SecurityGroup>,
  change: SecurityGroupChange,
): Promise<SecurityGroup> {
  const renames = change.name !== undefined && change.name !== target.name;
  if (renames && target.isDefault) throw securityErrors.defaultKeepsName();
  if (renames && change.name?.toLowerCase() === defaultGroupName) {
    throw securityErrors.defaultExists();
  }
  return context.transact(async (tx) => {
    const { id } = target;
    const { name, description } = change;
    const stateful = change.stateful === undefined ? undefined : change.stateful ? 1 : 0;
    await updateGroupRow(tx, id, { name, description, stateful }, context.clock.nowMs());
    const updated = await findGroup(tx, id);
    if (!updated) throw networkErrors.securityGroupNotFound({ id });
    return updated;
  });
}
