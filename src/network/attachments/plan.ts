import type { Queries } from '#db/database.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import { visibleToOwner } from '#policy/engine.ts';
import { formatAddress, isUsable, parseAddress } from '../addresses/address.ts';
import { blockOf } from '../addresses/allocate.ts';
import { holderOf } from '../addresses/store.ts';
import type { NetworkContext } from '../context.ts';
import { mayAttach, type Network, seesNetwork } from '../networks/network.ts';
import { findNetwork, listAttachable } from '../networks/store.ts';
import { findPort } from '../ports/store.ts';
import { hasRoom } from '../quotas/store.ts';
import { ensureDefaultGroup } from '../security-groups/ensure-default.ts';
import { defaultGroupName } from '../security-groups/security-group.ts';
import { groupIdsNamed } from '../security-groups/store.ts';
import { subnetsOf } from '../subnets/store.ts';
import { type AttachmentErrors, attachmentErrors } from './errors.ts';

export interface AttachmentRequest {
  networkId?: string | undefined;
  portId?: string | undefined;
  fixedIp?: string | undefined;
  /** What the user calls the card. */
  tag?: string | null | undefined;
}

/** What `attachPort` needs to make or bind one port; plain JSON, so that operations can keep it. */
export interface PlannedAttachment {
  networkId: string;
  /** A port that the user made; null: one is to be made. */
  portId: string | null;
  fixedIp: string | null;
  securityGroupIds: string[];
  tag?: string | null;
}

export type AttachmentRequests = 'auto' | 'none' | undefined | readonly AttachmentRequest[];

/**
 * Checks what a new server asks for, without taking anything yet.
 * @param securityGroups names or ids; empty means the project's default group.
 * @throws the refusals of `attachmentErrors`.
 */
export async function planAttachments(
  context: NetworkContext,
  actor: Actor,
  requests: AttachmentRequests,
  securityGroups: readonly string[],
  refuse: AttachmentErrors = attachmentErrors,
): Promise<PlannedAttachment[]> {
  if (requests === 'none') return [];
  const groupIds = await resolveGroups(context, actor, securityGroups);
  const db = context.database.queries;
  const named = Array.isArray(requests) ? (requests as readonly AttachmentRequest[]) : undefined;
  const plan: PlannedAttachment[] = [];
  if (named === undefined || named.length === 0) {
    const network = await onlyNetwork(db, actor, requests === 'auto', refuse);
    if (network) plan.push(newPort(network.id, null, groupIds));
  }
  for (const request of named ?? []) {
    const planned = await planOne(db, actor, request, groupIds, refuse);
    plan.push({ ...planned, tag: request.tag ?? null });
  }
  refuseRepetition(plan);
  await checkRoom(db, actor, plan);
  return plan;
}

function newPort(networkId: string, fixedIp: string | null, groups: string[]): PlannedAttachment {
  return { networkId, portId: null, fixedIp, securityGroupIds: groups };
}

async function onlyNetwork(
  db: Queries,
  actor: Actor,
  isDemanded: boolean,
  refuse: AttachmentErrors,
): Promise<Network | undefined> {
  const networks = await listAttachable(db, actor.projectId ?? '');
  if (networks.length > 1) throw refuse.networkAmbiguous();
  if (networks.length === 0 && isDemanded) throw refuse.noNetworkForAuto();
  return networks[0];
}

async function planOne(
  db: Queries,
  actor: Actor,
  request: AttachmentRequest,
  groupIds: string[],
  refuse: AttachmentErrors,
): Promise<PlannedAttachment> {
  if (request.portId !== undefined) return planPort(db, actor, request.portId, refuse);
  if (request.networkId === undefined) {
    const network = await onlyNetwork(db, actor, true, refuse);
    if (!network) throw refuse.noNetworkForAuto();
    return planNetwork(db, network, request.fixedIp, groupIds, refuse);
  }
  const id = request.networkId;
  const network = await findNetwork(db, id);
  if (!network || !seesNetwork(actor, network)) throw refuse.networkNotFound({ id });
  if (!mayAttach(actor, network) || (network.external && !isAdmin(actor))) {
    throw refuse.externalNetwork({ id });
  }
  return planNetwork(db, network, request.fixedIp, groupIds, refuse);
}

async function planPort(
  db: Queries,
  actor: Actor,
  id: string,
  refuse: AttachmentErrors,
): Promise<PlannedAttachment> {
  const port = await findPort(db, id);
  if (!port || !visibleToOwner(actor, port)) throw refuse.portNotFound({ id });
  if (port.deviceId !== '' || port.serverId !== null) throw refuse.portInUse({ id });
  if (port.fixedIps.length === 0) throw refuse.portRequiresAddress({ id });
  const { networkId, securityGroupIds } = port;
  return { networkId, portId: id, fixedIp: null, securityGroupIds };
}

async function planNetwork(
  db: Queries,
  network: Network,
  fixedIp: string | undefined,
  groupIds: string[],
  refuse: AttachmentErrors,
): Promise<PlannedAttachment> {
  const networkId = network.id;
  const subnets = await subnetsOf(db, [networkId]);
  if (subnets.length === 0) throw refuse.networkRequiresSubnet({ id: networkId });
  const groups = network.portSecurityEnabled ? groupIds : [];
  if (fixedIp === undefined) return newPort(networkId, null, groups);
  const address = parseAddress(fixedIp);
  if (!address || !subnets.some((subnet) => isUsable(blockOf(subnet), address))) {
    throw refuse.fixedIpInvalid({ address: fixedIp.slice(0, 64), networkId });
  }
  const canonical = formatAddress(address);
  if (await holderOf(db, networkId, canonical)) {
    throw refuse.fixedIpInUse({ address: canonical });
  }
  return newPort(networkId, canonical, groups);
}

async function resolveGroups(
  context: NetworkContext,
  actor: Actor,
  names: readonly string[],
): Promise<string[]> {
  const projectId = actor.projectId ?? '';
  const defaultId = await ensureDefaultGroup(context, projectId);
  const ids = new Set<string>();
  for (const name of names.length > 0 ? names : [defaultGroupName]) {
    if (name === defaultGroupName) {
      ids.add(defaultId);
      continue;
    }
    const [found, ...others] = await groupIdsNamed(context.database.queries, projectId, name);
    if (found === undefined) throw attachmentErrors.groupNotFound({ name: name.slice(0, 255) });
    if (others.length > 0) throw attachmentErrors.groupAmbiguous({ name: name.slice(0, 255) });
    ids.add(found);
  }
  return [...ids];
}

function refuseRepetition(plan: readonly PlannedAttachment[]): void {
  const portIds = plan.flatMap((one) => (one.portId === null ? [] : [one.portId]));
  const repeated = portIds.find((id, index) => portIds.indexOf(id) !== index);
  if (repeated !== undefined) throw attachmentErrors.portNamedTwice({ id: repeated });
  const fixed = plan.filter((one) => one.fixedIp !== null);
  const keys = new Set(fixed.map((one) => `${one.networkId} ${one.fixedIp}`));
  const [first] = fixed;
  if (keys.size < fixed.length && first?.fixedIp) {
    throw attachmentErrors.fixedIpInUse({ address: first.fixedIp });
  }
}

async function checkRoom(
  db: Queries,
  actor: Actor,
  plan: readonly PlannedAttachment[],
): Promise<void> {
  const wanted = plan.filter((one) => one.portId === null).length;
  if (!(await hasRoom(db, 'port', actor.projectId ?? '', wanted))) {
    throw attachmentErrors.portLimitExceeded();
  }
}
