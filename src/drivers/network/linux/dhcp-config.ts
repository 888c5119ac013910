import type { NetworkSpec, PortSpec, SubnetSpec } from '../network.ts';
import { ipVersionOf, networkAndMask } from './addresses.ts';
import { metadataAddress, serviceLegName } from './names.ts';

export interface DhcpFiles {
  config: string;
  pid: string;
  /** One file per port, read again when the server is told to. */
  hosts: string;
  /** Present while the server remembers a lease of a port that is gone. */
  stale: string;
}

export function dhcpFiles(folder: string): DhcpFiles {
  return {
    config: `${folder}/dnsmasq.conf`,
    pid: `${folder}/dnsmasq.pid`,
    hosts: `${folder}/hosts`,
    stale: `${folder}/stale`,
  };
}

export interface ServedSubnet extends SubnetSpec {
  dhcpAddress: string;
}

/** Subnets that have our servers in them. IPv6 subnets get no DHCP yet. */
export function servedSubnets(network: NetworkSpec): ServedSubnet[] {
  return network.subnets.filter(
    (subnet): subnet is ServedSubnet => subnet.dhcpAddress !== null && subnet.ipVersion === 4,
  );
}

function subnetLines(subnet: ServedSubnet, index: number, mtu: number): string[] {
  const tag = `subnet${index}`;
  const { network, mask } = networkAndMask(subnet.cidr);
  const routes = [
    `${metadataAddress}/32,${subnet.dhcpAddress}`,
    ...subnet.hostRoutes
      .filter((route) => ipVersionOf(route.destination) === 4)
      .map((route) => `${route.destination},${route.nextHop}`),
    // RFC 3442: who takes these routes ignores the router option, so it must be among them.
    ...(subnet.gateway === null ? [] : [`0.0.0.0/0,${subnet.gateway}`]),
  ].join(',');
  const dns = subnet.dnsServers.filter((address) => ipVersionOf(address) === 4).join(',');
  return [
    `dhcp-range=set:${tag},${network},static,${mask},86400s`,
    // An empty router option keeps the server from naming itself.
    `dhcp-option=tag:${tag},option:router${subnet.gateway === null ? '' : `,${subnet.gateway}`}`,
    `dhcp-option=tag:${tag},option:classless-static-route,${routes}`,
    `dhcp-option=tag:${tag},249,${routes}`,
    `dhcp-option=tag:${tag},option:mtu,${mtu}`,
    ...(dns ? [`dhcp-option=tag:${tag},option:dns-server,${dns}`] : []),
  ];
}

/** DHCP only, and only for those we know: exactly the addresses that the API gave. */
export function dhcpConfig(network: NetworkSpec, files: DhcpFiles): string {
  const lines = [
    'port=0',
    'no-resolv',
    'no-hosts',
    'no-ping',
    'user=nobody',
    'group=nogroup',
    `pid-file=${files.pid}`,
    'log-facility=/dev/null',
    'quiet-dhcp',
    'bind-interfaces',
    `interface=${serviceLegName}`,
    'except-interface=lo',
    'leasefile-ro',
    'dhcp-authoritative',
    'dhcp-ignore=tag:!known',
    'dhcp-lease-max=65536',
    `dhcp-hostsfile=${files.hosts}`,
    'domain=novalocal',
    ...servedSubnets(network)
      .filter((subnet) => subnet.dhcpEnabled)
      .flatMap((subnet, index) => subnetLines(subnet, index, network.mtu)),
  ];
  return `${lines.join('\n')}\n`;
}

/** The port's entry: empty when it has no IPv4 address. */
export function dhcpEntry(port: PortSpec): string {
  const ipv4 = port.fixedIps.filter((fixed) => ipVersionOf(fixed.address) === 4);
  const name = port.hostname === '' ? '' : `,${port.hostname}`;
  return ipv4
    .map((fixed, index) => `${port.macAddress},${fixed.address}${index === 0 ? name : ''}\n`)
    .join('');
}
