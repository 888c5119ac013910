import { limitsOfProject } from '#compute/quotas/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Actor } from '#policy/actor.ts';
import type { GroupPolicy } from '#scheduler/candidate.ts';
import { serverGroupErrors } from './errors.ts';
import type { ServerGroupWithMembers } from './server-group.ts';
import { countGroups, insertGroup } from './store.ts';

export interface NewServerGroup {
  name: string;
  policy: GroupPolicy;
  maxPerHost: number | null;
}

/**
 * @throws InvalidServerGroupRules (400), ServerGroupLimitExceeded (403)
 */
export async function createServerGroup(
  service: Pick<ComputeService, 'database' | 'clock' | 'ids' | 'quota'>,
  actor: Actor & { projectId: string },
  wanted: NewServerGroup,
): Promise<ServerGroupWithMembers> {
  if (wanted.maxPerHost !== null && wanted.policy !== 'anti-affinity') {
    throw serverGroupErrors.rulesUnfit();
  }
  const { projectId, userId } = actor;
  const createdMs = service.clock.nowMs();
  const group = { ...wanted, id: service.ids.uuid(), projectId, userId, createdMs };
  await service.database.transaction(async (tx) => {
    const { serverGroups: limit } = await limitsOfProject(tx, projectId, service.quota);
    if (limit >= 0 && (await countGroups(tx, projectId)) >= limit) {
      throw serverGroupErrors.tooManyGroups();
    }
    await insertGroup(tx, group);
  });
  return { ...group, memberIds: [] };
}
