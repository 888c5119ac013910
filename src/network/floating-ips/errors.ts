import { defineError } from '#base/errors.ts';

type Id = { id: string };

/** What can be wrong with floating IPs, in Neutron's names. */
export const floatingErrors = {
  notFound: defineError<Id>({
    code: 'FloatingIPNotFound',
    kind: 'not-found',
    message: ({ id }) => `Floating IP ${id} could not be found`,
  }),
  networkNotExternal: defineError<Id>({
    code: 'BadRequest',
    kind: 'bad-request',
    message: ({ id }) => `Bad floatingip request: Network ${id} is not a valid external network.`,
  }),
  badRequest: defineError<{ sentence: string }>({
    code: 'BadRequest',
    kind: 'bad-request',
    message: ({ sentence }) => `Bad floatingip request: ${sentence}.`,
  }),
  notReachable: defineError<{ networkId: string; subnetId: string; portId: string }>({
    code: 'ExternalGatewayForFloatingIPNotFound',
    kind: 'not-found',
    message: ({ networkId, subnetId, portId }) =>
      `External network ${networkId} is not reachable from subnet ${subnetId}. ` +
      `Therefore, cannot associate Port ${portId} with a Floating IP.`,
  }),
  alreadyAssociated: defineError<{ address: string; portId: string; fixedAddress: string }>({
    code: 'FloatingIPPortAlreadyAssociated',
    kind: 'conflict',
    message: ({ address, portId, fixedAddress }) =>
      `Cannot associate a floating IP with port ${portId} using fixed IP ${fixedAddress}: ` +
      `that fixed IP already has the floating IP ${address} of the same external network.`,
  }),
  gatewayInUse: defineError<{ routerId: string; networkId: string }>({
    code: 'RouterExternalGatewayInUseByFloatingIp',
    kind: 'conflict',
    message: ({ routerId, networkId }) =>
      `Gateway cannot be updated for router ${routerId}, since a gateway to external network ` +
      `${networkId} is required by one or more floating IPs.`,
  }),
  interfaceInUse: defineError<{ routerId: string; subnetId: string }>({
    code: 'RouterInterfaceInUseByFloatingIP',
    kind: 'conflict',
    message: ({ routerId, subnetId }) =>
      `Router interface for subnet ${subnetId} on router ${routerId} cannot be deleted, as it is ` +
      'required by one or more floating IPs.',
  }),
};
