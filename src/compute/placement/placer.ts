import { limitsOfProject } from '#compute/quotas/store.ts';
import { serverGroupErrors } from '#compute/server-groups/errors.ts';
import type { ServerGroup } from '#compute/server-groups/server-group.ts';
import { findGroup, insertMember, type Member, membersOf } from '#compute/server-groups/store.ts';
import type { SchedulerHints } from '#compute/servers/hints.ts';
import { claimedDiskGib } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { Candidate, PlacementRequest } from '#scheduler/candidate.ts';
import { explain, type Placement, placeServer } from '#scheduler/placement.ts';
import { hostsOfServers } from './store.ts';

/** What the servers of one request have in common. */
export interface Wanted {
  projectId: string;
  flavor: {
    vcpus: number;
    memoryMib: number;
    diskGib: number;
    ephemeralGib: number;
    swapMib: number;
    extraSpecs: Readonly<Record<string, string>>;
  };
  imageProperties: Readonly<Record<string, string>>;
  /** Null: any zone. */
  zone: string | null;
  /** The only host, and the only node, that will do; an administrator named them. */
  host: string | null;
  node: string | null;
  hints: SchedulerHints;
  /** Administrators' hints may name servers and groups of any project. */
  isAdmin: boolean;
  /** Also a host that is to take nothing new; absent: no. */
  mayBeDisabled?: boolean;
}

export interface Placer {
  /**
   * Chooses a host and notes the claim, so that the next of the same request sees it; writes the
   * membership in the hinted group, also when no host was found. Call it once per server, within
   * the transaction it was opened in, and record the server there with the host's name and zone.
   * @throws ServerGroupMembersLimitExceeded (403)
   */
  place(serverId: string): Promise<Placement>;
}

/**
 * Reads hosts, loads and group as they stand in this transaction, which must be one of
 * `service.placing`.
 * @throws InstanceGroupNotFound (400)
 */
export async function openPlacer(
  service: Pick<ComputeService, 'candidates' | 'log' | 'quota'>,
  tx: Queries,
  wanted: Wanted,
): Promise<Placer> {
  const candidates = await service.candidates.read(tx);
  const group = await joinGroup(service, tx, wanted, candidates);
  const request = await requestOf(tx, wanted, group?.group);
  return {
    place: async (serverId) => {
      const placement = placeServer(candidates, request);
      if (placement.host) claim(placement.host, request);
      else service.log.warn({ serverId, explanation: explain(placement.explanation) }, noHost);
      await group?.join(serverId);
      return placement;
    },
  };
}

const noHost = 'no host fits a server';

function claim(host: Candidate, request: PlacementRequest): void {
  host.vcpusUsed += request.vcpus;
  host.memoryMibUsed += request.memoryMib;
  host.diskGibUsed += request.diskGib;
  if (request.group) host.groupMembers += 1;
}

/** What the filters and weighers are asked with. */
export async function requestOf(
  tx: Queries,
  wanted: Wanted,
  group: ServerGroup | undefined,
): Promise<PlacementRequest> {
  const { flavor, hints, projectId, host, node } = wanted;
  const owner = wanted.isAdmin ? null : projectId;
  const isContradicted = host !== null && node !== null && host !== node;
  return {
    projectId,
    vcpus: flavor.vcpus,
    memoryMib: flavor.memoryMib,
    diskGib: claimedDiskGib(flavor),
    extraSpecs: flavor.extraSpecs,
    imageProperties: wanted.imageProperties,
    zone: wanted.zone,
    // A node is its host's only one, so two names stand for no host at all.
    forcedHost: isContradicted ? '' : (host ?? node),
    mayBeDisabled: wanted.mayBeDisabled ?? false,
    group: group ? { policy: group.policy, maxPerHost: group.maxPerHost ?? 1 } : null,
    hostsToAvoid: await hostsOfServers(tx, hints.differentHost, owner),
    hostsToShare:
      hints.sameHost.length > 0 ? await hostsOfServers(tx, hints.sameHost, owner) : null,
    tenancy: hints.tenancy ?? 'shared',
    dedicatedHostId: hints.dedicatedHostId,
  };
}

/** Notes how many of them each host has. */
export function countMembers(members: readonly Member[], candidates: readonly Candidate[]): void {
  const perHost = Map.groupBy(members, (member: Member) => member.host);
  for (const host of candidates) host.groupMembers = perHost.get(host.name)?.length ?? 0;
}

interface Joining {
  group: ServerGroup;
  join(serverId: string): Promise<void>;
}

/** Counts the hinted group's members into the candidates. */
async function joinGroup(
  service: Pick<ComputeService, 'quota'>,
  tx: Queries,
  wanted: Wanted,
  candidates: readonly Candidate[],
): Promise<Joining | undefined> {
  const id = wanted.hints.group;
  if (id === null) return undefined;
  const group = await findGroup(tx, id);
  if (!group || (group.projectId !== wanted.projectId && !wanted.isAdmin)) {
    throw serverGroupErrors.hintUnknown({ id });
  }
  const members = (await membersOf(tx, [id])).get(id) ?? [];
  countMembers(members, candidates);
  const { serverGroupMembers: limit } = await limitsOfProject(tx, group.projectId, service.quota);
  let count = members.length;
  return {
    group,
    join: async (serverId) => {
      count += 1;
      if (limit >= 0 && count > limit) throw serverGroupErrors.tooManyMembers();
      await insertMember(tx, id, serverId);
    },
  };
}
