import type { PortSpec } from '../network.ts';
import { egressRules, ingressRules, spoofingRules } from './filter-rules.ts';
import { nft, runIn } from './in-namespace.ts';
import { bridgeName, tableName, tapName } from './names.ts';
import type { Turns } from './turns.ts';

const bridgeTable = `bridge ${tableName}`;
const inetTable = `inet ${tableName}`;
const chainPrefix = 'egress-';
/** Marks and connection zones are 16 bits wide at most; a host holds far fewer ports. */
const mostNumbers = 65_535;

/**
 * The frame's way through the switch: `table bridge` judges its addresses and writes the number
 * of the port it came from into the mark; `table inet` judges what that port may send, at
 * prerouting, where the state of the connection is known. At the bridge's forward hook the mark
 * becomes the number of the port it goes to, and `table inet` judges what that one may be sent.
 * Unknown devices (our own legs) have mark 0 and pass. Each bridge is a connection zone of its
 * own, from before reassembly on, so equal addresses on two networks stay apart.
 */
const baseScript = [
  `add table ${bridgeTable}`,
  `add map ${bridgeTable} marks { typeof iifname : meta mark; }`,
  `add map ${bridgeTable} sources { type ifname : verdict; }`,
  `add chain ${bridgeTable} from { type filter hook prerouting priority -300; }`,
  `add chain ${bridgeTable} to { type filter hook forward priority -300; }`,
  `flush chain ${bridgeTable} from`,
  `flush chain ${bridgeTable} to`,
  `add rule ${bridgeTable} from meta mark set 0`,
  `add rule ${bridgeTable} from meta mark set iifname map @marks`,
  `add rule ${bridgeTable} from iifname vmap @sources`,
  `add rule ${bridgeTable} to meta mark set 0`,
  `add rule ${bridgeTable} to meta mark set oifname map @marks`,
  `add table ${inetTable}`,
  `add map ${inetTable} zones { typeof iifname : ct zone; }`,
  `add map ${inetTable} egress { type mark : verdict; }`,
  `add map ${inetTable} ingress { type mark : verdict; }`,
  `add chain ${inetTable} zone { type filter hook prerouting priority -450; }`,
  `add chain ${inetTable} from { type filter hook prerouting priority 0; }`,
  `add chain ${inetTable} to { type filter hook forward priority 0; }`,
  `flush chain ${inetTable} zone`,
  `flush chain ${inetTable} from`,
  `flush chain ${inetTable} to`,
  `add rule ${inetTable} zone ct zone set iifname map @zones`,
  `add rule ${inetTable} from meta mark vmap @egress`,
  `add rule ${inetTable} to meta mark vmap @ingress`,
];

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
    const tap = tapName(port.id);
    const mark = this.#marks.take(tap);
    const chains = [
      ...chainScript(`${bridgeTable} source-${port.id}`, spoofingRules(port)),
      ...chainScript(`${inetTable} ${chainPrefix}${port.id}`, egressRules(port)),
      ...chainScript(`${inetTable} ingress-${port.id}`, ingressRules(port)),
    ];
    await this.#transact([...chains, ...elementScript('add', port.id, mark)]);
    this.portIds.add(port.id);
  }

  async remove(portId: string): Promise<void> {
    if (!this.portIds.has(portId)) return;
    const tap = tapName(portId);
    await this.#transact([
      ...elementScript('delete', portId, this.#marks.take(tap)),
      `delete chain ${bridgeTable} source-${portId}`,
      `delete chain ${inetTable} ${chainPrefix}${portId}`,
      `delete chain ${inetTable} ingress-${portId}`,
    ]);
    this.portIds.delete(portId);
    this.#marks.byName.delete(tap);
  }

  async ensureZone(networkId: string): Promise<void> {
    const bridge = bridgeName(networkId);
    const zone = this.#zones.take(bridge);
    await this.#transact([`add element ${inetTable} zones { "${bridge}" : ${zone} }`]);
  }

  async removeZone(networkId: string): Promise<void> {
    const bridge = bridgeName(networkId);
    if (!this.#zones.byName.has(bridge)) return;
    // Adding first makes the deletion succeed even if a crash came before the element.
    const element = `element ${inetTable} zones { "${bridge}" : ${this.#zones.take(bridge)} }`;
    await this.#transact([`add ${element}`, `delete ${element}`]);
    this.#zones.byName.delete(bridge);
  }

  #transact(lines: string[]): Promise<void> {
    return this.#turns.take('nft', () => nft(this.#namespace, lines));
  }
}

function chainScript(chain: string, rules: string[]): string[] {
  const added = rules.map((rule) => `add rule ${chain} ${rule}`);
  return [`add chain ${chain}`, `flush chain ${chain}`, ...added];
}

function elementScript(verb: 'add' | 'delete', portId: string, mark: number): string[] {
  const tap = `"${tapName(portId)}"`;
  const number = `0x${mark.toString(16).padStart(8, '0')}`;
  return [
    `${verb} element ${bridgeTable} marks { ${tap} : ${number} }`,
    `${verb} element ${bridgeTable} sources { ${tap} : goto source-${portId} }`,
    `${verb} element ${inetTable} egress { ${number} : goto ${chainPrefix}${portId} }`,
    `${verb} element ${inetTable} ingress { ${number} : goto ingress-${portId} }`,
  ];
}
