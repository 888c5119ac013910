import type { Config } from '#base/config.ts';
import type { Services } from '#cloud';
import type { HostExamination } from '#compute/reconcilers/examine.ts';
import { listServices } from '#compute/services/read.ts';
import { computeBinary } from '#compute/services/service-row.ts';
import { findUnserved, type HolderOf } from './unserved-folders.ts';

/** Something in which the machine is not as the database says. */
export interface Difference {
  /** `host one`, `networks`. */
  place: string;
  what: string;
  id: string;
  /** Only for what is of nobody: what is missing nobody can bring back, and what is known stays. */
  remove?(): Promise<void>;
  /** It is told, and is as it should be. */
  isFine?: boolean;
}

type Place = Pick<Config, 'stateDirectory' | 'hosts'>;

/**
 * Everything that differs, in an order in which it can be removed. The machine is always asked
 * before the database: what is being made meanwhile is then known there.
 */
export async function findDifferences(
  services: Services,
  place: Place,
  holderOf: HolderOf,
): Promise<Difference[]> {
  const { compute } = services;
  const examined = await compute.examiner.examine();
  return [
    ...examined.flatMap((one) => ofHost(services, one)),
    ...(await ofNetworks(services)),
    ...(await findUnserved(place, () => compute.examiner.knownServers(), holderOf)),
    ...(await unheardHosts(services)),
  ];
}

function ofHost({ compute }: Services, examined: HostExamination): Difference[] {
  const { host, foreign, missing, wirelessIds } = examined;
  const hands = compute.agent.on(host);
  const place = `host ${host}`;
  const some = (what: string, ids: readonly string[], remove?: (id: string) => Promise<void>) =>
    ids.map((id) => ({ place, what, id, ...(remove && { remove: () => remove(id) }) }));
  return [
    ...some('guest of no server', foreign.guestIds, (id) => hands.removeGuest(id)),
    // The guest that they were for is gone by then.
    ...some('disks of no server', foreign.diskIds, (id) => hands.removeDisks(id)),
    ...some('wire of no server', foreign.portIds, (id) => hands.removeWires(null, [id])),
    ...some('no such guest as promised of server', missing.guestIds),
    ...some('no disk of server', missing.diskIds),
    ...some('no wire of port', missing.portIds),
    ...some(`no wire behind a card, ${wirelessHelp} of server`, wirelessIds),
  ];
}

const wirelessHelp = 'which a hard reboot makes anew if the guest does not let go of it,';

async function ofNetworks({ networks }: Services): Promise<Difference[]> {
  const found = await networks.findForeign();
  const damage = await networks.findDamage();
  const damaged = (what: string, ids: readonly string[]) =>
    ids.map((id) => ({ place, what: `wires not as they were made of ${what}`, id }));
  const none = { routerIds: [], networkIds: [], remains: [] };
  const only = (part: object) => () => networks.removeForeign({ ...none, ...part });
  const place = 'networks';
  return [
    ...found.routerIds.map((id) => {
      return { place, what: 'router that nobody knows', id, remove: only({ routerIds: [id] }) };
    }),
    ...found.networkIds.map((id) => {
      return { place, what: 'network that nobody knows', id, remove: only({ networkIds: [id] }) };
    }),
    ...damaged('network', damage.networkIds),
    ...damaged('router', damage.routerIds),
    ...damaged('port', damage.portIds),
    ...found.remains.map((remain) => {
      const { what, name: id } = remain;
      return { place, what, id, remove: only({ remains: [remain] }) };
    }),
  ];
}

/** Where nobody could be asked, nothing was compared. */
async function unheardHosts({ compute }: Services): Promise<Difference[]> {
  const own = new Set(compute.agent.hosts());
  const rows = await listServices(compute, { binary: computeBinary });
  return rows
    .filter(({ host }) => !own.has(host))
    .map(({ host }) => ({
      place: `host ${host}`,
      what: 'its agent is not here, and what it has was not compared',
      id: '',
      isFine: true,
    }));
}
