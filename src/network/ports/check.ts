import { requestErrors } from '#base/errors.ts';
import type { Queries } from '#db/database.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import { visibleToOwner } from '#policy/engine.ts';
import { formatAddress, formatBlock, parseAddress, parseBlock } from '../addresses/address.ts';
import type { FixedIpRequest } from '../addresses/allocate.ts';
import { parseMac } from '../addresses/mac.ts';
import { networkErrors } from '../errors.ts';
import { findGroups } from '../security-groups/store.ts';
import type { AddressPair } from './port.ts';

/** Neutron's `max_allowed_address_pair` and `max_fixed_ips_per_port`. */
export const portLimits = { addressPairs: 10, fixedIps: 5 };

/** What a client may say of a port, at creation and later. */
export interface PortWishes {
  name?: string | undefined;
  description?: string | undefined;
  adminStateUp?: boolean | undefined;
  macAddress?: string | undefined;
  fixedIps?: readonly FixedIpRequest[] | undefined;
  deviceId?: string | undefined;
  deviceOwner?: string | undefined;
  securityGroupIds?: readonly string[] | undefined;
  portSecurityEnabled?: boolean | undefined;
  allowedAddressPairs?: readonly AddressPair[] | undefined;
  dnsName?: string | undefined;
  hostId?: string | undefined;
  bindingProfile?: Record<string, unknown> | undefined;
  vnicType?: string | undefined;
}

/**
 * Who only uses a shared network may not choose what could harm others on it: addresses, MACs,
 * further sources, or no protection at all. Bindings are the cloud's. @throws PolicyNotAuthorized
 */
export function checkWishesAllowed(actor: Actor, ownsNetwork: boolean, wishes: PortWishes): void {
  const refuse = (attribute: string) => {
    throw requestErrors.policyRefused({ action: `vpc:ports:set:${attribute}` });
  };
  if (isAdmin(actor)) return;
  if (wishes.hostId) refuse('binding:host_id');
  if (Object.keys(wishes.bindingProfile ?? {}).length > 0) refuse('binding:profile');
  if (wishes.deviceOwner?.startsWith('network:')) refuse('device_owner');
  if (ownsNetwork) return;
  if (wishes.macAddress !== undefined) refuse('mac_address');
  if (wishes.fixedIps?.some((one) => one.address !== undefined)) refuse('fixed_ips:ip_address');
  if ((wishes.allowedAddressPairs ?? []).length > 0) refuse('allowed_address_pairs');
  if (wishes.portSecurityEnabled !== undefined) refuse('port_security_enabled');
}

export function checkMac(text: string): string {
  const mac = parseMac(text);
  if (mac) return mac;
  const reason = `'${text.slice(0, 64)}' is not a valid MAC address`;
  throw networkErrors.invalidAttribute({ name: 'mac_address', reason });
}

export function checkFixedIps(requests: readonly FixedIpRequest[]): void {
  if (requests.length > portLimits.fixedIps) {
    const sentence = 'Exceeded maximum amount of fixed ips per port';
    throw networkErrors.invalidInput({ sentence });
  }
  const addresses = requests.flatMap(({ address }) => {
    const parsed = address === undefined ? undefined : parseAddress(address);
    return parsed ? [formatAddress(parsed)] : [];
  });
  if (new Set(addresses).size < addresses.length) {
    const reason = 'Duplicate IP address';
    throw networkErrors.invalidAttribute({ name: 'fixed_ips', reason });
  }
}

/** Canonical pairs. A pair of the same address and MAC twice is a mistake, as in Neutron. */
export function checkPairs(pairs: readonly AddressPair[]): AddressPair[] {
  const invalid = (reason: string) =>
    networkErrors.invalidAttribute({ name: 'allowed_address_pairs', reason });
  if (pairs.length > portLimits.addressPairs) {
    throw invalid(`The number of allowed address pairs exceeds ${portLimits.addressPairs}`);
  }
  const canonical = pairs.map((pair) => {
    const block = parseBlock(pair.ip_address);
    if (!block) throw invalid(`'${pair.ip_address.slice(0, 64)}' is not a valid IP address`);
    const text = formatBlock(block);
    const ip_address = pair.ip_address.includes('/') ? text : (text.split('/')[0] ?? text);
    return pair.mac_address === undefined
      ? { ip_address }
      : { ip_address, mac_address: checkMac(pair.mac_address) };
  });
  const keys = canonical.map((pair) => JSON.stringify(pair));
  if (new Set(keys).size < keys.length) throw invalid('Request contains duplicate address pair');
  return canonical;
}

export function checkDnsName(name: string): string {
  const lower = name.toLowerCase();
  if (lower === '' || /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(lower)) return lower;
  const reason = `'${name.slice(0, 64)}' is not a valid DNS name`;
  throw networkErrors.invalidAttribute({ name: 'dns_name', reason });
}

/** Each group once, in the order given. @throws SecurityGroupNotFound for one not to be seen. */
export async function checkGroups(
  tx: Queries,
  actor: Actor,
  ids: readonly string[],
): Promise<string[]> {
  const distinct = [...new Set(ids)];
  const groups = new Map((await findGroups(tx, distinct)).map((group) => [group.id, group]));
  for (const id of distinct) {
    const group = groups.get(id);
    if (!group || !visibleToOwner(actor, group)) throw networkErrors.securityGroupNotFound({ id });
  }
  return distinct;
}
