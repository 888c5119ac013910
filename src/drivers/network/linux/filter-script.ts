import type { PortSpec } from '../network.ts';
import { egressRules, ingressRules, spoofingRules } from './filter-rules.ts';
import { tableName, tapName } from './names.ts';

export const bridgeTable = `bridge ${tableName}`;
export const inetTable = `inet ${tableName}`;
export const chainPrefix = 'egress-';

/**
 * The frame's way through the switch: `table bridge` judges its addresses and writes the number
 * of the port it came from into the mark; `table inet` judges what that port may send, at
 * prerouting, where the state of the connection is known. At the bridge's forward hook the mark
 * becomes the number of the port it goes to, and `table inet` judges what that one may be sent.
 * Unknown devices (our own legs) have mark 0 and pass. Each bridge is a connection zone of its
 * own, from before reassembly on, so equal addresses on two networks stay apart.
 */
export const baseScript = [
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

/** The chains of one port, as they are made whole. */
export function portChains(port: PortSpec): string[] {
  return [
    ...chainScript(`${bridgeTable} source-${port.id}`, spoofingRules(port)),
    ...chainScript(`${inetTable} ${chainPrefix}${port.id}`, egressRules(port)),
    ...chainScript(`${inetTable} ingress-${port.id}`, ingressRules(port)),
  ];
}

/** Succeeds whatever of them is there, after a crash or somebody else's hand. */
export function withoutPort(portId: string, mark: number): string[] {
  const chains = [
    `chain ${bridgeTable} source-${portId}`,
    `chain ${inetTable} ${chainPrefix}${portId}`,
    `chain ${inetTable} ingress-${portId}`,
  ];
  return [
    ...chains.map((chain) => `add ${chain}`),
    ...elementScript('add', portId, mark),
    ...elementScript('delete', portId, mark),
    ...chains.map((chain) => `delete ${chain}`),
  ];
}

function chainScript(chain: string, rules: string[]): string[] {
  const added = rules.map((rule) => `add rule ${chain} ${rule}`);
  return [`add chain ${chain}`, `flush chain ${chain}`, ...added];
}

export function elementScript(verb: 'add' | 'delete', portId: string, mark: number): string[] {
  const tap = `"${tapName(portId)}"`;
  const number = `0x${mark.toString(16).padStart(8, '0')}`;
  return [
    `${verb} element ${bridgeTable} marks { ${tap} : ${number} }`,
    `${verb} element ${bridgeTable} sources { ${tap} : goto source-${portId} }`,
    `${verb} element ${inetTable} egress { ${number} : goto ${chainPrefix}${portId} }`,
    `${verb} element ${inetTable} ingress { ${number} : goto ingress-${portId} }`,
  ];
}
