import type { Allowed } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { securityErrors } from '../security-group-rules/errors.ts';
import { groupsThatName } from '../security-group-rules/store.ts';
import type { SecurityGroup } from './security-group.ts';
import { deleteGroupRow, findGroup, memberPortIds, updateGroupRow } from './store.ts';

/** @throws SecurityGroupCannotRemoveDefault, SecurityGroupInUse while ports are in it. */
export function deleteSecurityGroup(
  context: NetworkContext,
  target: Allowed<SecurityGroup>,
  refuse: Pick<typeof securityErrors, 'defaultStays' | 'groupInUse'> = securityErrors,
): Promise<void> {
  const { id } = target;
  if (target.isDefault) throw refuse.defaultStays();
  return context.transact(async (tx, changes) => {
    if (!(await findGroup(tx, id))) throw networkErrors.securityGroupNotFound({ id });
    if ((await memberPortIds(tx, [id])).length > 0) throw refuse.groupInUse({ id });
    for (const other of await groupsThatName(tx, [id])) {
      if (other === id) continue;
      await updateGroupRow(tx, other, {}, context.clock.nowMs());
      changes.groups.add(other);
    }
    await deleteGroupRow(tx, id);
  });
}
