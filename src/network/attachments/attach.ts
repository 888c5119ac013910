import type { Queries } from '#db/database.ts';
import type { Changes } from '../changes.ts';
import type { NetworkContext } from '../context.ts';
import { findNetwork } from '../networks/store.ts';
import { makePort } from '../ports/make.ts';
import { computeOwner, type Port } from '../ports/port.ts';
import { findPort, portsOfServers as serverPorts, updatePortRow } from '../ports/store.ts';
import { findGroups } from '../security-groups/store.ts';
import { type AttachmentErrors, attachmentErrors, interfaceErrors } from './errors.ts';
import type { PlannedAttachment } from './plan.ts';
import { portsOfServers, type ServerPort } from './server-ports.ts';

export interface AttachRequest {
  serverId: string;
  /** Place among the server's ports; with the server's id it says which port is meant. */
  index: number;
  projectId: string;
  /** The server's name in a form that DNS allows. */
  hostname: string;
  plan: PlannedAttachment;
}

/**
 * Makes or binds a server's nth port; the same again when it was made already.
 * @throws what has become of the plan meanwhile: NetworkNotFound, PortNotFound, PortInUse,
 *   IpAddressInUse, IpAddressGenerationFailure, SecurityGroupNotFound.
 */
export async function attachPort(
  context: NetworkContext,
  request: AttachRequest,
): Promise<ServerPort> {
  const { serverId, index } = request;
  // A power cut may take the port back; its operation then makes it again.
  await context.note(async (tx, changes) => {
    const ports = await serverPorts(tx, [serverId]);
    if (ports.some((port) => port.serverIndex === index)) return;
    await takePort(context, tx, changes, request, attachmentErrors);
  });
  const ports = await portsOfServers(context.database.queries, [serverId]);
  const port = ports.get(serverId)?.find((one) => one.index === index);
  if (!port) throw attachmentErrors.portNotFound({ id: request.plan.portId ?? serverId });
  return port;
}

/** One more port for a server, behind those that it has; within the caller's transaction. */
export async function attachFurther(
  context: NetworkContext,
  tx: Queries,
  changes: Changes,
  request: Omit<AttachRequest, 'index'>,
): Promise<ServerPort> {
  const { serverId } = request;
  const before = await serverPorts(tx, [serverId]);
  const index = Math.max(-1, ...before.map((port) => port.serverIndex ?? 0)) + 1;
  await takePort(context, tx, changes, { ...request, index }, interfaceErrors);
  const ports = await portsOfServers(tx, [serverId]);
  const port = ports.get(serverId)?.find((one) => one.index === index);
  if (!port) throw new Error(`port ${index} of server ${serverId} vanished while it was made`);
  return port;
}

async function takePort(
  context: NetworkContext,
  tx: Queries,
  changes: Changes,
  request: AttachRequest,
  refuse: AttachmentErrors,
): Promise<void> {
  const { portId } = request.plan;
  if (portId === null) await makeServerPort(context, tx, changes, request, refuse);
  else await bindPort(context, tx, request, portId, refuse);
}

async function makeServerPort(
  context: NetworkContext,
  tx: Queries,
  changes: Changes,
  request: AttachRequest,
  refuse: AttachmentErrors,
): Promise<void> {
  const { plan } = request;
  const network = await findNetwork(tx, plan.networkId);
  if (!network) throw refuse.networkNotFound({ id: plan.networkId });
  const groups = new Set((await findGroups(tx, plan.securityGroupIds)).map((group) => group.id));
  const missing = plan.securityGroupIds.find((id) => !groups.has(id));
  if (missing !== undefined) throw refuse.groupNotFound({ name: missing });
  await makePort(context, tx, changes, {
    networkId: network.id,
    projectId: request.projectId,
    deviceId: request.serverId,
    deviceOwner: computeOwner,
    portSecurityEnabled: network.portSecurityEnabled,
    dnsName: request.hostname,
    serverId: request.serverId,
    serverIndex: request.index,
    madeForServer: true,
    nicTag: plan.tag ?? null,
    securityGroupIds: network.portSecurityEnabled ? plan.securityGroupIds : [],
    fixedIps: plan.fixedIp === null ? undefined : [{ address: plan.fixedIp }],
    refuse,
  });
}

async function bindPort(
  context: NetworkContext,
  tx: Queries,
  request: AttachRequest,
  portId: string,
  refuse: AttachmentErrors,
): Promise<void> {
  const port: Port | undefined = await findPort(tx, portId);
  if (!port) throw refuse.portNotFound({ id: portId });
  if (port.serverId !== null || port.deviceId !== '') throw refuse.portInUse({ id: portId });
  const columns = {
    device_id: request.serverId,
    device_owner: computeOwner,
    server_id: request.serverId,
    server_index: request.index,
    made_for_server: 0,
    nic_tag: request.plan.tag ?? null,
    status: 'DOWN',
    // A name that the user gave the port wins over the server's.
    dns_name: port.dnsName || request.hostname,
  };
  await updatePortRow(tx, portId, columns, context.clock.nowMs());
}
