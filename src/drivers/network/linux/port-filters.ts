import type { PortSpec } from '../network.ts';
import {
  baseScript,
  bridgeTable,
  chainPrefix,
  elementScript,
  inetTable,
  portChains,
  withoutPort,
} from './filter-script.ts';
import { nft, runIn } from './in-namespace.ts';
import { bridgeName, tapName } from './names.ts';
import { ChainMemory, type Ruleset } from './ruleset.ts';
import type { Turns } from './turns.ts';

/** Marks and connection zones are 16 bits wide at most; a host holds far fewer ports. */
const mostNumbers = 65_535;

const zones = `${inetTable} zones`;

interface Listed {
  chain?: { name: string };
  map?: { elem?: [string, number][] };
}

async function list(namespace: string, what: string[]): Promise<Listed[]> {
  const { stdout } = await runIn(namespace, 'nft', ['-j', 'list', ...what]);
  return (JSON.parse(stdout) as { nftables: Listed[] }).nftables;
}

async function readNumbers(namespace: string, map: string[]): Promise<Map<string, number>> {
  const listed = await list(namespace, ['map', ...map]);
  return new Map(listed.flatMap((entry) => entry.map?.elem ?? []));
}

/** Goes round instead of taking the smallest, so that a number rests before it is used again. */
class Numbers {
  readonly byName: Map<string, number>;
  #last: number;

  constructor(byName: Map<string, number>) {
    this.byName = byName;
    this.#last = Math.max(0, ...byName.values());
  }

  take(name: string): number {
    const mine = this.byName.get(name);
    if (mine !== undefined) return mine;
    const taken = new Set(this.byName.values());
    for (let tries = 0; tries < mostNumbers; tries += 1) {
      this.#last = (this.#last % mostNumbers) + 1;
      if (taken.has(this.#last)) continue;
      this.byName.set(name, this.#last);
      return this.#last;
    }
    throw new Error(`all ${mostNumbers} numbers of the switch are taken`);
  }
}

/** The switch's nftables. What a port has there is changed in one transaction, never by halves. */
export class PortFilters {
  readonly #namespace: string;
  readonly #turns: Turns;
  readonly #marks: Numbers;
  readonly #zones: Numbers;
  readonly #memory = new ChainMemory();
  /** Ports that have chains in the kernel. */
  readonly portIds: Set<string>;

  private constructor(
    namespace: string,
    turns: Turns,
    numbers: { marks: Numbers; zones: Numbers },
    portIds: Set<string>,
  ) {
    this.#namespace = namespace;
    this.#turns = turns;
    this.#marks = numbers.marks;
    this.#zones = numbers.zones;
    this.portIds = portIds;
  }

  /** Makes the base chains if they are not there, and learns what the kernel holds already. */
  static async open(namespace: string, turns: Turns): Promise<PortFilters> {
    await nft(namespace, baseScript);
    const [chains, marks, zones] = await Promise.all([
      list(namespace, ['chains', 'inet']),
      readNumbers(namespace, [...bridgeTable.split(' '), 'marks']),
      readNumbers(namespace, [...inetTable.split(' '), 'zones']),
    ]);
    const names = chains.flatMap((entry) => entry.chain?.name ?? []);
    const ids = names.filter((name) => name.startsWith(chainPrefix));
    return new PortFilters(
      namespace,
      turns,
      { marks: new Numbers(marks), zones: new Numbers(zones) },
      new Set(ids.map((name) => name.slice(chainPrefix.length))),
    );
  }

  /** Makes the port's filters equal to the spec. */
  async apply(port: PortSpec): Promise<void> {
    if (!port.portSecurityEnabled) return this.remove(port.id);
    const mark = this.#marks.take(tapName(port.id));
    await this.#transact([...portChains(port), ...elementScript('add', port.id, mark)]);
    this.portIds.add(port.id);
  }

  async remove(portId: string): Promise<void> {
    if (!this.portIds.has(portId)) return;
    const tap = tapName(portId);
    await this.#transact(withoutPort(portId, this.#marks.take(tap)));
    this.portIds.delete(portId);
    this.#marks.byName.delete(tap);
    this.#memory.forget(`-${portId}`);
  }

  /** Makes the base chains anew, too: somebody may have emptied them. */
  async ensureZone(networkId: string): Promise<void> {
    const bridge = bridgeName(networkId);
    const zone = this.#zones.take(bridge);
    const element = `add element ${inetTable} zones { "${bridge}" : ${zone} }`;
    await this.#transact([...baseScript, element]);
  }

  async removeZone(networkId: string): Promise<void> {
    const bridge = bridgeName(networkId);
    if (!this.#zones.byName.has(bridge)) return;
    // Adding first makes the deletion succeed even if a crash came before the element.
    const element = `element ${inetTable} zones { "${bridge}" : ${this.#zones.take(bridge)} }`;
    await this.#transact([`add ${element}`, `delete ${element}`]);
    this.#zones.byName.delete(bridge);
  }

  /** Whether what a network needs is in the kernel as it was made. */
  hasZone(ruleset: Ruleset, networkId: string): boolean {
    const bridge = bridgeName(networkId);
    const zone = this.#zones.byName.get(bridge);
    if (zone === undefined || ruleset.elementOf(zones, bridge) !== zone) return false;
    return this.#memory.isAsMade(ruleset, baseScript);
  }

  /** The same for a port. */
  isApplied(ruleset: Ruleset, port: PortSpec): boolean {
    if (!port.portSecurityEnabled) return !this.portIds.has(port.id);
    const tap = tapName(port.id);
    const mark = this.#marks.byName.get(tap);
    if (mark === undefined || !this.portIds.has(port.id)) return false;
    return (
      ruleset.elementOf(`${bridgeTable} marks`, tap) === mark &&
      ruleset.targetOf(`${bridgeTable} sources`, tap) === `source-${port.id}` &&
      ruleset.targetOf(`${inetTable} egress`, `${mark}`) === `${chainPrefix}${port.id}` &&
      ruleset.targetOf(`${inetTable} ingress`, `${mark}`) === `ingress-${port.id}` &&
      this.#memory.isAsMade(ruleset, portChains(port))
    );
  }

  /** What was emptied by somebody else stands again before anything is added to it. */
  #transact(lines: string[]): Promise<void> {
    return this.#turns.take('nft', () =>
      nft(this.#namespace, lines).catch(() => nft(this.#namespace, [...baseScript, ...lines])),
    );
  }
}
