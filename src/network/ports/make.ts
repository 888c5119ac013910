import type { Queries } from '#db/database.ts';
import {
  type AllocationTarget,
  allocateAddresses,
  type FixedIpRequest,
} from '../addresses/allocate.ts';
import { makeMac } from '../addresses/mac.ts';
import type { Changes } from '../changes.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { newStandardRow } from '../standard.ts';
import { subnetsOf } from '../subnets/store.ts';
import type { AddressPair, Port } from './port.ts';
import { findPort, insertPort, isMacTaken, setPortGroups } from './store.ts';

/** A port as it is to be; everything has been checked but what only the transaction can see. */
export interface NewPort {
  networkId: string;
  projectId: string;
  name?: string;
  description?: string;
  adminStateUp?: boolean;
  macAddress?: string | undefined;
  status?: string;
  deviceId?: string;
  deviceOwner?: string;
  hostId?: string;
  vnicType?: string;
  bindingProfile?: Record<string, unknown>;
  portSecurityEnabled: boolean;
  allowedAddressPairs?: AddressPair[];
  dnsName?: string;
  serverId?: string | null;
  serverIndex?: number | null;
  madeForServer?: boolean;
  nicTag?: string | null;
  securityGroupIds: readonly string[];
  /** Undefined: whatever the network's subnets offer. */
  fixedIps: readonly FixedIpRequest[] | undefined;
  refuse?: AllocationTarget['refuse'];
}

const macAttempts = 16;

/** Records a port with its MAC, addresses and groups. */
export async function makePort(
  context: Pick<NetworkContext, 'ids' | 'clock'>,
  tx: Queries,
  changes: Changes,
  wanted: NewPort,
): Promise<Port> {
  const id = context.ids.uuid();
  const { networkId } = wanted;
  const macAddress = wanted.macAddress ?? (await drawMac(context, tx, networkId));
  if (wanted.macAddress && (await isMacTaken(tx, networkId, macAddress))) {
    throw networkErrors.macInUse({ networkId, mac: macAddress });
  }
  await insertPort(tx, {
    ...newStandardRow(id, wanted.projectId, wanted.description ?? '', context.clock.nowMs()),
    network_id: networkId,
    name: wanted.name ?? '',
    admin_state_up: (wanted.adminStateUp ?? true) ? 1 : 0,
    mac_address: macAddress,
    status: wanted.status ?? 'DOWN',
    device_id: wanted.deviceId ?? '',
    device_owner: wanted.deviceOwner ?? '',
    host_id: wanted.hostId ?? '',
    vnic_type: wanted.vnicType ?? 'normal',
    binding_profile: JSON.stringify(wanted.bindingProfile ?? {}),
    port_security_enabled: wanted.portSecurityEnabled ? 1 : 0,
    allowed_address_pairs: JSON.stringify(wanted.allowedAddressPairs ?? []),
    dns_name: wanted.dnsName ?? '',
    server_id: wanted.serverId ?? null,
    server_index: wanted.serverIndex ?? null,
    made_for_server: wanted.madeForServer ? 1 : 0,
    nic_tag: wanted.nicTag ?? null,
  });
  const subnets = await subnetsOf(tx, [networkId]);
  const { refuse } = wanted;
  const target: AllocationTarget = { portId: id, networkId, macAddress, subnets, refuse };
  await allocateAddresses(tx, target, wanted.fixedIps);
  await setPortGroups(tx, id, wanted.securityGroupIds);
  for (const groupId of wanted.securityGroupIds) changes.groups.add(groupId);
  const made = await findPort(tx, id);
  if (!made) throw new Error(`port ${id} vanished while it was made`);
  return made;
}

async function drawMac(
  context: Pick<NetworkContext, 'ids'>,
  tx: Queries,
  networkId: string,
): Promise<string> {
  for (let attempt = 0; attempt < macAttempts; attempt += 1) {
    const mac = makeMac(context.ids.hex());
    if (!(await isMacTaken(tx, networkId, mac))) return mac;
  }
  throw new Error(`no free MAC address was found on network ${networkId}`);
}
