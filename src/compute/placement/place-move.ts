import { findGroup, groupsOf, membersOf } from '#compute/server-groups/store.ts';
import { readHints } from '#compute/servers/hints.ts';
import type { FlavorSnapshot, Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { Candidate } from '#scheduler/candidate.ts';
import { explain, type Placement, placeServer } from '#scheduler/placement.ts';
import { countMembers, requestOf } from './placer.ts';

export interface MoveWish {
  flavor: FlavorSnapshot;
  /** The only host that will do; null leaves the choice open. */
  host: string | null;
  /**
   * The named host is only asked what cannot be overruled: that it is up, has room and does not
   * break the policy of the server's group. Neither zones nor hints count, nor that it is disabled.
   */
  isForced?: boolean;
  /** False: the server is to leave the host that it is on. */
  mayStay: boolean;
  /** Where no host that fits sees its disks, they are made anew. */
  leavesDisks?: boolean;
  /** Only where its disks are seen, which is what is asked where nothing is said, or any. */
  disks?: 'seen' | 'copied' | 'either';
}

/**
 * Chooses where a server goes. It is still claimed where it is, so that a host it stays on has room
 * for both. Staying comes first, where that will do: no disk has to travel. Call it in one of the
 * transactions of `service.placing` and record the claim there.
 */
export async function placeMove(
  service: Pick<ComputeService, 'agent' | 'candidates' | 'log'>,
  tx: Queries,
  server: Server,
  wish: MoveWish,
): Promise<Placement> {
  const all = await service.candidates.read(tx);
  // Disks travel between machines as they are; what is resized stays where it sees them. Where a
  // server has none, or is not to have them any more, any machine will do.
  const { host: from } = server;
  const sees = (name: string) => from === null || service.agent.sharesDisks(from, name);
  const reaches = (name: string) => {
    if (wish.disks === 'copied') return !sees(name);
    return wish.disks === 'either' || sees(name);
  };
  const named = wish.host === null ? all : all.filter(({ name }) => name === wish.host);
  const near = named.filter(({ name }) => reaches(name));
  const group = await countOthers(tx, server, all);
  const request = await requestOf(
    tx,
    {
      projectId: server.projectId,
      flavor: wish.flavor,
      imageProperties: server.imageProperties,
      // A forced move passes by what the server and the host were told, as in Nova; that the
      // policy of the server's group holds is asked there too, where it would arrive.
      zone: wish.isForced ? null : server.pinnedZone,
      host: wish.isForced ? wish.host : null,
      mayBeDisabled: wish.isForced ?? false,
      node: null,
      hints: readHints(server.schedulerHints),
      // What its hints may name was asked when it was made.
      isAdmin: true,
    },
    group,
  );
  const here = near.filter(({ name }) => wish.mayStay && name === server.host);
  const stay = placeServer(here, request);
  if (stay.host) return stay;
  const others = near.filter(({ name }) => name !== server.host);
  const farther = named.filter(({ name }) => !sees(name));
  const placedNear = placeServer(others, request);
  const placement =
    placedNear.host || !wish.leavesDisks ? placedNear : placeServer(farther, request);
  const explanation = explain(placement.explanation);
  if (!placement.host) {
    service.log.warn({ serverId: server.id, explanation }, 'no host fits a move');
  }
  return placement;
}

/** Counts the other members of the server's group, if it has one. */
async function countOthers(tx: Queries, server: Server, candidates: readonly Candidate[]) {
  const [id] = (await groupsOf(tx, [server.id])).get(server.id) ?? [];
  if (id === undefined) return undefined;
  const members = (await membersOf(tx, [id])).get(id) ?? [];
  const others = members.filter(({ serverId }) => serverId !== server.id);
  countMembers(others, candidates);
  return findGroup(tx, id);
}
