import type { Queries } from '#db/database.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import { visibleToOwner } from '#policy/engine.ts';
import { formatAddress, parseAddress } from '../addresses/address.ts';
import { networkErrors } from '../errors.ts';
import { type FixedIp, isServicePort, type Port, serviceOwner } from '../ports/port.ts';
import { findPort, portsOnNetwork } from '../ports/store.ts';
import { findRouter } from '../routers/store.ts';
import { floatingErrors } from './errors.ts';
import { floatingIpsOfPorts } from './store.ts';

export interface AssociationRequest {
  portId: string;
  /** Which of the port's addresses; undefined: its only IPv4 one. */
  fixedAddress?: string | undefined;
}

interface Lent {
  id: string;
  projectId: string;
  networkId: string;
}

/**
 * What the row says of a floating IP that a port is to have.
 * @throws PortNotFound, BadRequest, ExternalGatewayForFloatingIPNotFound,
 *   FloatingIPPortAlreadyAssociated.
 */
export async function associationColumns(
  tx: Queries,
  actor: Actor,
  lent: Lent,
  request: AssociationRequest,
): Promise<{ fixed_port_id: string; fixed_address: string; router_id: string }> {
  const { portId } = request;
  const port = await findPort(tx, portId);
  if (!port || !visibleToOwner(actor, port)) throw networkErrors.portNotFound({ id: portId });
  if (port.projectId !== lent.projectId && !isAdmin(actor)) {
    const sentence = `Port ${portId} is associated with a different tenant than the floating IP`;
    throw floatingErrors.badRequest({ sentence });
  }
  if (isServicePort(port)) {
    const sentence = `Port ${portId} belongs to the network itself`;
    throw floatingErrors.badRequest({ sentence });
  }
  const fixed = chooseAddress(port, request.fixedAddress);
  for (const other of await floatingIpsOfPorts(tx, [portId])) {
    const isSame = other.association?.fixedAddress === fixed.address;
    if (isSame && other.id !== lent.id && other.networkId === lent.networkId) {
      const { address } = other;
      throw floatingErrors.alreadyAssociated({ address, portId, fixedAddress: fixed.address });
    }
  }
  const routerId = await routerBetween(tx, port, fixed, lent.networkId);
  return { fixed_port_id: portId, fixed_address: fixed.address, router_id: routerId };
}

function chooseAddress(port: Port, wanted: string | undefined): FixedIp {
  const candidates = port.fixedIps.filter(({ address }) => !address.includes(':'));
  if (wanted !== undefined) {
    const parsed = parseAddress(wanted);
    const canonical = parsed && formatAddress(parsed);
    const found = candidates.find(({ address }) => address === canonical);
    if (found) return found;
    const sentence = `Port ${port.id} does not have fixed ip ${wanted.slice(0, 64)}`;
    throw floatingErrors.badRequest({ sentence });
  }
  const [only, ...others] = candidates;
  if (!only) {
    const sentence = `Cannot add floating IP to port ${port.id} that has no fixed IPv4 addresses`;
    throw floatingErrors.badRequest({ sentence });
  }
  if (others.length > 0) {
    const several = `Port ${port.id} has multiple fixed IPv4 addresses`;
    const sentence = `${several}. Must provide a specific one when assigning a floating IP`;
    throw floatingErrors.badRequest({ sentence });
  }
  return only;
}

/** The router that is on the port's subnet and leads out to the external network. */
async function routerBetween(
  tx: Queries,
  port: Port,
  { subnetId }: FixedIp,
  networkId: string,
): Promise<string> {
  for (const leg of await portsOnNetwork(tx, port.networkId, serviceOwner.routerInterface)) {
    if (!leg.fixedIps.some((one) => one.subnetId === subnetId)) continue;
    const router = await findRouter(tx, leg.deviceId);
    if (router?.externalGateway?.networkId === networkId) return router.id;
  }
  throw floatingErrors.notReachable({ networkId, subnetId, portId: port.id });
}
