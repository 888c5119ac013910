import type { GroupPolicy } from '#scheduler/candidate.ts';

/** Servers of one project that are to stand together or apart. */
export interface ServerGroup {
  id: string;
  projectId: string;
  userId: string;
  name: string;
  policy: GroupPolicy;
  /** Of anti-affinity alone: how many may share a host. Null where nobody said. */
  maxPerHost: number | null;
  createdMs: number;
}

/** A group with its live members, in no order that means anything. */
export interface ServerGroupWithMembers extends ServerGroup {
  memberIds: readonly string[];
}

/** How groups are told to policy. */
export const serverGroupThing = {
  type: 'serverGroup',
  of: ({ id, projectId }: ServerGroup) => ({ id, projectId }),
} as const;
