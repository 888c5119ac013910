import ipaddr from 'ipaddr.js';
import type { GuestAddressFacts, GuestFacts, GuestNicFacts } from './documents.ts';

/**
 * `network_data.json`: links, networks on them, and name servers. As in Nova, a link shows the
 * first address of each IP version: that is what guests' tools can configure.
 */
export function networkData(facts: GuestFacts): object {
  const wires = facts.nics.filter((nic) => nic.addresses.length > 0);
  const shown = wires.flatMap((nic) =>
    firstOfEachVersion(nic).map((address) => ({ nic, address })),
  );
  const servers = new Set(shown.flatMap(({ address }) => address.dnsServers));
  return {
    links: wires.map((nic) => ({
      id: linkId(nic),
      vif_id: nic.portId,
      type: 'bridge',
      mtu: nic.mtu,
      ethernet_mac_address: nic.macAddress,
    })),
    networks: shown.map(({ nic, address }, index) => ({
      id: `network${index}`,
      type: `ipv${address.ipVersion}${address.isByDhcp ? '_dhcp' : ''}`,
      link: linkId(nic),
      ...(!address.isByDhcp && staticPart(address)),
      network_id: nic.networkId,
    })),
    services: dnsServices([...servers]),
  };
}

function firstOfEachVersion(nic: GuestNicFacts): GuestAddressFacts[] {
  return ([4, 6] as const).flatMap(
    (version) => nic.addresses.find((address) => address.ipVersion === version) ?? [],
  );
}

function linkId(nic: GuestNicFacts): string {
  return `tap${nic.portId.slice(0, 11)}`;
}

function staticPart(address: GuestAddressFacts): object {
  const { ipVersion, gateway } = address;
  const everything = ipVersion === 4 ? '0.0.0.0/0' : '::/0';
  const routes = [
    ...(gateway === null ? [] : [{ destination: everything, nextHop: gateway }]),
    ...address.hostRoutes,
  ];
  return {
    ip_address: address.address,
    netmask: netmask(ipVersion, address.prefixLength),
    routes: routes.map(({ destination, nextHop }) => {
      const [network, prefixLength] = ipaddr.parseCIDR(destination);
      const mask = netmask(network.kind() === 'ipv4' ? 4 : 6, prefixLength);
      return { network: network.toString(), netmask: mask, gateway: nextHop };
    }),
    services: dnsServices(address.dnsServers),
  };
}

function netmask(ipVersion: 4 | 6, prefixLength: number): string {
  const family = ipVersion === 4 ? ipaddr.IPv4 : ipaddr.IPv6;
  return family.subnetMaskFromPrefixLength(prefixLength).toString();
}

function dnsServices(addresses: readonly string[]): object[] {
  return addresses.map((address) => ({ type: 'dns', address }));
}
