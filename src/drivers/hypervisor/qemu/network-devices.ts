import ipaddr from 'ipaddr.js';
import type { NicAttachment } from '#drivers/network/network.ts';
import type { GuestNic } from '../hypervisor.ts';

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
  return nics.flatMap(({ macAddress, attachment }, index) => [
    '-netdev',
    netdev(`net${index}`, attachment),
    // Without its boot ROM the card does not delay the firmware by a network boot.
    '-device',
    `virtio-net-pci,netdev=net${index},mac=${macAddress},romfile=`,
  ]);
}

function netdev(id: string, attachment: NicAttachment): string {
  if (attachment.kind === 'tap') {
    return `tap,id=${id},ifname=${attachment.device},script=no,downscript=no,vhost=off`;
  }
  if (attachment.kind === 'user') return userNetdev(id, attachment);
  throw new Error(`QEMU cannot attach a ${attachment.kind} network card`);
}

function userNetdev(id: string, { subnetCidr, gateway, address, dns }: UserAttachment): string {
  const nameServer = userNameServer({ kind: 'user', subnetCidr, gateway, address, dns });
  return `user,id=${id},net=${subnetCidr},host=${gateway},dhcpstart=${address},dns=${nameServer}`;
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
