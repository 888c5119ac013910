import type { Clock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import { aggregateFactsByHost } from '#compute/aggregates/store.ts';
import { hostsWithEvacuated } from '#compute/evacuations/store.ts';
import {
  type HostRow,
  hostsMark,
  hostsUnseenSince,
  isHostUp,
  type Load,
  listHosts,
  loadsByHost,
} from '#compute/hosts/store.ts';
import { zoneOf } from '#compute/zones/zone.ts';
import type { Queries } from '#db/database.ts';
import {
  type AggregateFacts,
  type AllocationRatios,
  type Candidate,
  factsNamed,
} from '#scheduler/candidate.ts';

/** What a host is, whoever is on it. */
type HostFacts = Omit<Candidate, keyof Free>;
type Free = Pick<Candidate, 'vcpusUsed' | 'memoryMibUsed' | 'diskGibUsed' | 'groupMembers'>;

const noLoad: Omit<Load, 'servers'> = { vcpusUsed: 0, memoryMibUsed: 0, diskGibUsed: 0 };

/**
 * Reads hosts as placement sees them. What hosts are changes seldom and is read again only when
 * the database says so; what is taken of them is read each time.
 */
export class CandidateReader {
  #clock: Clock;
  #mark: number | undefined;
  #facts: readonly HostFacts[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What hosts are, in the order of their names. */
  async facts(db: Queries): Promise<readonly HostFacts[]> {
    const mark = await hostsMark(db);
    if (mark !== this.#mark) {
      this.#facts = await readFacts(db);
      this.#mark = mark;
    }
    return this.#facts;
  }

  /** With what is taken; the caller's own, to note claims in. */
  async read(tx: Queries): Promise<Candidate[]> {
    const hosts = await this.facts(tx);
    const loads = await loadsByHost(tx);
    // Silence is no change of the database, so that it is asked for each time.
    const silent = await hostsUnseenSince(tx, this.#clock.nowMs() - limits.serviceDownMs);
    // What was evacuated may still run there: nothing goes there before that is known to be gone.
    const unclear = await hostsWithEvacuated(tx);
    return hosts.map((facts) => {
      const { vcpusUsed, memoryMibUsed, diskGibUsed } = loads.get(facts.name) ?? noLoad;
      const isUp = facts.isUp && !silent.has(facts.name) && !unclear.has(facts.name);
      return { ...facts, isUp, vcpusUsed, memoryMibUsed, diskGibUsed, groupMembers: 0 };
    });
  }
}

async function readFacts(tx: Queries): Promise<HostFacts[]> {
  const aggregates = await aggregateFactsByHost(tx);
  return (await listHosts(tx)).map((host) => factsOf(host, aggregates.get(host.name) ?? []));
}

function factsOf(host: HostRow, aggregates: readonly AggregateFacts[]): HostFacts {
  return {
    name: host.name,
    zone: zoneOf(host.availability_zone, aggregates),
    isEnabled: host.enabled === 1,
    isUp: isHostUp(host),
    hypervisor: host.hypervisor,
    architecture: host.architecture,
    vcpus: host.vcpus,
    memoryMib: host.memory_mib,
    diskGib: host.disk_gib,
    ratios: ratiosOf(host, aggregates),
    aggregates,
  };
}

/** Of several aggregates the most careful one counts; what is no number says nothing. */
function ratiosOf(host: HostRow, aggregates: readonly AggregateFacts[]): AllocationRatios {
  const ratio = (name: string, own: number) => {
    const said = factsNamed({ aggregates }, name).map(Number);
    const numbers = said.filter((number) => number > 0 && Number.isFinite(number));
    return numbers.length > 0 ? Math.min(...numbers) : own;
  };
  return {
    vcpus: ratio('cpu_allocation_ratio', host.vcpus_ratio),
    memory: ratio('ram_allocation_ratio', host.memory_ratio),
    disk: ratio('disk_allocation_ratio', host.disk_ratio),
  };
}
