import ipaddr from 'ipaddr.js';
import type { NetworkSpec, PortSpec, RouterSpec } from '../network.ts';

/*
 * Everything below ends up in scripts for `ip`, `nft` and `dnsmasq`. The services have validated
 * it, but a space or a line break here would be a command run as root: so it is looked at again.
 */

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const mac = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/;
const hostLabel = /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;

function insist(valid: boolean, what: string, value: unknown): void {
  if (!valid) throw new TypeError(`${what} is malformed: ${JSON.stringify(value)}`);
}

export function checkId(id: string): string {
  insist(uuid.test(id), 'id', id);
  return id;
}

function checkMac(address: string): void {
  insist(mac.test(address), 'MAC address', address);
}

function checkAddress(address: string): void {
  const valid = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address);
  insist(valid && !address.includes('%'), 'address', address);
}

function checkCidr(cidr: string): void {
  const [address = '', length, ...rest] = cidr.split('/');
  checkAddress(address);
  if (length === undefined) return;
  const most = address.includes(':') ? 128 : 32;
  insist(/^\d{1,3}$/.test(length) && Number(length) <= most && rest.length === 0, 'CIDR', cidr);
}

function checkInteger(value: number, least: number, most: number, what: string): void {
  insist(Number.isInteger(value) && value >= least && value <= most, what, value);
}

export function checkNetwork(network: NetworkSpec): void {
  checkId(network.id);
  checkInteger(network.mtu, 68, 65535, 'MTU');
  for (const subnet of network.subnets) {
    checkId(subnet.id);
    checkCidr(subnet.cidr);
    if (subnet.gateway !== null) checkAddress(subnet.gateway);
    if (subnet.dhcpAddress !== null) checkAddress(subnet.dhcpAddress);
    subnet.dnsServers.forEach(checkAddress);
    for (const route of subnet.hostRoutes) {
      checkCidr(route.destination);
      checkAddress(route.nextHop);
    }
  }
}

export function checkRouter(router: RouterSpec): void {
  checkId(router.id);
  for (const leg of router.interfaces) {
    checkId(leg.portId);
    checkId(leg.networkId);
    checkAddress(leg.address);
    checkInteger(leg.prefixLength, 0, 128, 'prefix length');
  }
  for (const floating of router.floatingIps ?? []) {
    checkAddress(floating.address);
    checkAddress(floating.fixedAddress);
  }
  if (router.externalGateway === null) return;
  checkId(router.externalGateway.networkId);
  checkAddress(router.externalGateway.address);
  checkAddress(router.externalGateway.gateway);
  checkInteger(router.externalGateway.prefixLength, 0, 128, 'prefix length');
}

export function checkPort(port: PortSpec): void {
  checkId(port.id);
  checkId(port.networkId);
  checkMac(port.macAddress);
  insist(port.hostname === '' || hostLabel.test(port.hostname), 'host name', port.hostname);
  for (const fixed of port.fixedIps) checkAddress(fixed.address);
  for (const pair of port.allowedAddressPairs) {
    if (pair.macAddress !== null) checkMac(pair.macAddress);
    checkCidr(pair.cidr);
  }
  for (const rule of port.rules) {
    if (rule.portMin !== null) checkInteger(rule.portMin, 0, 65535, 'port');
    if (rule.portMax !== null) checkInteger(rule.portMax, 0, 65535, 'port');
    rule.remotes?.forEach(checkCidr);
  }
}
