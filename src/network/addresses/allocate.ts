import type { Queries } from '#db/database.ts';
import { networkErrors } from '../errors.ts';
import type { FixedIp } from '../ports/port.ts';
import { isAutoAddressed, type Subnet } from '../subnets/subnet.ts';
import {
  type Address,
  addressKey,
  type Block,
  formatAddress,
  isUsable,
  parseAddress,
  parseBlock,
  slaacAddress,
  valueOfKey,
} from './address.ts';
import { highestKey, holderOf, insertAddress, keysBetween } from './store.ts';

/** What a client asks for: an address, a subnet to take one from, or both. */
export interface FixedIpRequest {
  subnetId?: string | undefined;
  address?: string | undefined;
}

export interface AllocationTarget {
  portId: string;
  networkId: string;
  macAddress: string;
  /** All subnets of the network, oldest first. */
  subnets: readonly Subnet[];
  /** Addresses the port has given up just now; a wish for their subnet gets them again. */
  previous?: readonly FixedIp[];
  /** How it is refused that no address is left; without it as Neutron does. */
  refuse?: Pick<typeof networkErrors, 'addressesExhausted'> | undefined;
}

/**
 * Gives a port its addresses and records them. Without wishes it gets one of each IP version that
 * the network's subnets offer, and one in every subnet where hosts address themselves.
 * @throws IpAddressInUse, IpAddressGenerationFailure, InvalidIpForNetwork, InvalidIpForSubnet.
 */
export async function allocateAddresses(
  tx: Queries,
  target: AllocationTarget,
  requests: readonly FixedIpRequest[] | undefined,
): Promise<FixedIp[]> {
  const made: FixedIp[] = [];
  const record = async (subnet: Subnet, address: Address) => {
    const text = formatAddress(address);
    await insertAddress(tx, {
      network_id: target.networkId,
      address: text,
      address_key: addressKey(address),
      subnet_id: subnet.id,
      port_id: target.portId,
      position: made.length,
    });
    made.push({ subnetId: subnet.id, address: text });
  };
  if (requests === undefined) {
    for (const candidates of automaticChoices(target.subnets)) {
      const chosen = await firstFree(tx, target, candidates);
      await record(chosen.subnet, chosen.address);
    }
    return made;
  }
  for (const request of requests) {
    const chosen = await choose(tx, target, request);
    await record(chosen.subnet, chosen.address);
  }
  return made;
}

/** Each entry stands for one address, taken from the first of its subnets that has one left. */
function automaticChoices(subnets: readonly Subnet[]): Subnet[][] {
  const drawn = subnets.filter((subnet) => !isAutoAddressed(subnet));
  return [
    drawn.filter((subnet) => subnet.ipVersion === 4),
    drawn.filter((subnet) => subnet.ipVersion === 6),
    ...subnets.filter(isAutoAddressed).map((subnet) => [subnet]),
  ].filter((candidates) => candidates.length > 0);
}

interface Choice {
  subnet: Subnet;
  address: Address;
}

async function choose(
  tx: Queries,
  target: AllocationTarget,
  request: FixedIpRequest,
): Promise<Choice> {
  const subnet =
    request.subnetId === undefined
      ? undefined
      : target.subnets.find((one) => one.id === request.subnetId);
  if (request.subnetId !== undefined && !subnet) {
    const failed = `Failed to create port on network ${target.networkId}`;
    const sentence = `${failed}, because fixed_ips included invalid subnet ${request.subnetId}`;
    throw networkErrors.invalidInput({ sentence });
  }
  if (request.address !== undefined) return explicit(tx, target, request.address, subnet);
  if (!subnet) {
    const sentence = 'IP allocation requires subnet_id or ip_address';
    throw networkErrors.invalidInput({ sentence });
  }
  const before = target.previous?.find((one) => one.subnetId === subnet.id);
  const kept = before && parseAddress(before.address);
  if (before && kept && !(await holderOf(tx, target.networkId, before.address))) {
    return { subnet, address: kept };
  }
  return firstFree(tx, target, [subnet]);
}

async function explicit(
  tx: Queries,
  target: AllocationTarget,
  text: string,
  wanted: Subnet | undefined,
): Promise<Choice> {
  const address = parseAddress(text);
  if (!address) {
    const reason = `'${text.slice(0, 64)}' is not a valid IP address`;
    throw networkErrors.invalidAttribute({ name: 'fixed_ips', reason });
  }
  const canonical = formatAddress(address);
  const candidates = wanted ? [wanted] : target.subnets;
  const subnet = candidates.find((one) => isUsable(blockOf(one), address));
  if (!subnet || (isAutoAddressed(subnet) && !isOwnSlaac(subnet, target.macAddress, canonical))) {
    throw wanted
      ? networkErrors.addressOutsideSubnet({ address: canonical, subnetId: wanted.id })
      : networkErrors.addressOutsideNetwork({ address: canonical });
  }
  if (await holderOf(tx, target.networkId, canonical)) {
    throw networkErrors.addressInUse({ networkId: target.networkId, address: canonical });
  }
  return { subnet, address };
}

function isOwnSlaac(subnet: Subnet, mac: string, address: string): boolean {
  return formatAddress(slaacAddress(blockOf(subnet), mac)) === address;
}

async function firstFree(
  tx: Queries,
  target: AllocationTarget,
  subnets: readonly Subnet[],
): Promise<Choice> {
  for (const subnet of subnets) {
    if (isAutoAddressed(subnet)) {
      const address = slaacAddress(blockOf(subnet), target.macAddress);
      const taken = await holderOf(tx, target.networkId, formatAddress(address));
      if (!taken) return { subnet, address };
      continue;
    }
    const address = await drawFromPools(tx, subnet);
    if (address) return { subnet, address };
  }
  const refuse = target.refuse ?? networkErrors;
  throw refuse.addressesExhausted({ networkId: target.networkId });
}

/**
 * The address behind the highest one taken, so that one look suffices and an address just given
 * back is not at once another's; when the pool's end is reached, the lowest gap.
 */
async function drawFromPools(tx: Queries, subnet: Subnet): Promise<Address | undefined> {
  for (const pool of subnet.allocationPools) {
    const start = parseAddress(pool.start);
    const end = parseAddress(pool.end);
    if (!start || !end) throw new Error(`subnet ${subnet.id} has a malformed pool`);
    const keys = [addressKey(start), addressKey(end)] as const;
    const highest = await highestKey(tx, subnet.id, ...keys);
    const next = highest === undefined ? start.value : valueOfKey(highest) + 1n;
    if (next <= end.value) return { ipVersion: subnet.ipVersion, value: next };
    let candidate = start.value;
    for (const key of await keysBetween(tx, subnet.id, ...keys)) {
      if (valueOfKey(key) !== candidate) break;
      candidate += 1n;
    }
    if (candidate <= end.value) return { ipVersion: subnet.ipVersion, value: candidate };
  }
  return undefined;
}

export function blockOf(subnet: Pick<Subnet, 'id' | 'cidr'>): Block {
  const block = parseBlock(subnet.cidr);
  if (!block) throw new Error(`subnet ${subnet.id} has a malformed CIDR`);
  return block;
}
