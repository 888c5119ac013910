import { defineError } from '#base/errors.ts';

/** Refusals of network cards, in Nova's words. */
export const cardErrors = {
  netAndPort: defineError({
    code: 'InvalidInput',
    kind: 'bad-request',
    message: () => 'Must not input both net_id and port_id',
  }),
  addressNeedsNetwork: defineError({
    code: 'InvalidInput',
    kind: 'bad-request',
    message: () => 'Must input net_id when fixed_ips are requested',
  }),
  oneAddress: defineError({
    code: 'ValidationError',
    kind: 'bad-request',
    message: () => 'Invalid input for field/attribute fixed_ips: more than one item was given.',
  }),
  notOnServer: defineError<{ serverId: string; portId: string }>({
    code: 'PortNotFound',
    kind: 'not-found',
    message: ({ serverId, portId }) =>
      `Instance ${serverId} does not have a port with id ${portId.slice(0, 255)}`,
  }),
  primaryLast: defineError<{ portId: string }>({
    code: 'PrimaryInterfaceInUse',
    kind: 'conflict',
    message: ({ portId }) =>
      `Port ${portId} is the primary network card: the others must be detached first.`,
  }),
  networkNotOfServer: defineError<{ networkId: string }>({
    code: 'NetworkNotFoundForInstance',
    kind: 'bad-request',
    message: ({ networkId }) => `The instance has no port on network ${networkId.slice(0, 255)}.`,
  }),
  addressNotOfServer: defineError<{ address: string }>({
    code: 'FixedIpNotFoundForInstance',
    kind: 'bad-request',
    message: ({ address }) => `Instance does not have fixed IP ${address.slice(0, 64)}.`,
  }),
};
