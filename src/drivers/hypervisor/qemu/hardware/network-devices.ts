import ipaddr from 'ipaddr.js';
import type { NicAttachment } from '#drivers/network/network.ts';
import type { GuestNic } from '../../hypervisor.ts';

type UserAttachment = Extract<NicAttachment, { kind: 'user' }>;

/** The one namespace in which all taps of the guest are; null when it has none. */
export function namespaceOf(nics: readonly GuestNic[]): string | null {
  const names = new Set<string>();
  for (const { attachment } of nics) if (attachment.kind === 'tap') names.add(attachment.namespace);
  if (names.size > 1) throw new Error(`taps of one guest in ${names.size} namespaces`);
  return [...names][0] ?? null;
}

/** QEMU's arguments for the guest's network cards, in their order. */
export function networkArgs(nics: readonly GuestNic[]): string[] {
  return nics.flatMap((nic) => [
    '-netdev',
    asOption(netdevOf(nic), 'type'),
    '-device',
    nicArgument(nic),
  ]);
}

/** Named after the port, so that the card can be found again while the guest runs. */
export const deviceId = (portId: string) => `nic-${portId}`;
export const netdevId = (portId: string) => `net-${portId}`;

type Properties = Record<string, string | boolean>;

/** The card itself, as QMP's `device_add` takes it. */
export function deviceOf({
  portId,
  macAddress,
}: Pick<GuestNic, 'portId' | 'macAddress'>): Properties {
  return {
    driver: 'virtio-net-pci',
    id: deviceId(portId),
    netdev: netdevId(portId),
    mac: macAddress,
    // Without its boot ROM the card does not delay the firmware by a network boot.
    romfile: '',
  };
}

/** The card as an argument of `-device`. */
export function nicArgument(nic: Pick<GuestNic, 'portId' | 'macAddress'>): string {
  return asOption(deviceOf(nic), 'driver');
}

/** The port whose card the device is; undefined for any other device. */
export function portOfDevice(device: string): string | undefined {
  return device.startsWith('nic-') ? device.slice('nic-'.length) : undefined;
}

/** What the card's wire is on the host's side, as QMP's `netdev_add` takes it. */
export function netdevOf({ portId, attachment }: GuestNic): Properties {
  const id = netdevId(portId);
  if (attachment.kind === 'tap') {
    const noScripts = { script: 'no', downscript: 'no' };
    return { type: 'tap', id, ifname: attachment.device, ...noScripts, vhost: false };
  }
  if (attachment.kind === 'user') {
    const { subnetCidr, gateway, address } = attachment;
    const ends = { net: subnetCidr, host: gateway, dhcpstart: address };
    return { type: 'user', id, ...ends, dns: userNameServer(attachment) };
  }
  throw new Error(`QEMU cannot attach a ${attachment.kind} network card`);
}

/** The same for the command line, which begins with the kind alone. */
function asOption(properties: Properties, first: string): string {
  const text = (value: string | boolean) =>
    typeof value === 'string' ? value : value ? 'on' : 'off';
  const rest = Object.entries(properties).filter(([name]) => name !== first);
  return [properties[first], ...rest.map(([name, value]) => `${name}=${text(value)}`)].join(',');
}

/**
 * In the user-mode network the name server is an address QEMU itself answers on, so it has to
 * be a free one inside the subnet; it asks whom the host asks.
 */
function userNameServer({ subnetCidr, gateway, address, dns }: UserAttachment): string {
  const subnet = ipaddr.IPv4.parseCIDR(subnetCidr);
  const network = ipaddr.IPv4.networkAddressFromCIDR(subnetCidr).toByteArray();
  const nearby = [3, 2, 4, 5].map((offset) => {
    const bytes = [...network];
    bytes[3] = (bytes[3] ?? 0) + offset;
    return new ipaddr.IPv4(bytes).toString();
  });
  const found = [...dns, ...nearby].find(
    (candidate) =>
      candidate !== gateway &&
      candidate !== address &&
      ipaddr.IPv4.isIPv4(candidate) &&
      ipaddr.IPv4.parse(candidate).match(subnet),
  );
  if (!found) throw new Error(`no free name server address in ${subnetCidr}`);
  return found;
}
