import { defineError } from '#base/errors.ts';

/** What can be wrong between routers, subnets and ports, in Neutron's names. */
export const routerErrors = {
  routerInUse: defineError<{ id: string }>({
    code: 'RouterInUse',
    kind: 'conflict',
    message: ({ id }) => `Router ${id} still has ports`,
  }),
  interfaceNotFound: defineError<{ routerId: string; portId: string }>({
    code: 'RouterInterfaceNotFound',
    kind: 'not-found',
    message: ({ routerId, portId }) =>
      `Router ${routerId} does not have an interface with id ${portId}`,
  }),
  interfaceNotFoundForSubnet: defineError<{ routerId: string; subnetId: string }>({
    code: 'RouterInterfaceNotFoundForSubnet',
    kind: 'not-found',
    message: ({ routerId, subnetId }) =>
      `Router ${routerId} has no interface on subnet ${subnetId}`,
  }),
  subnetMismatch: defineError<{ portId: string; subnetId: string }>({
    code: 'SubnetMismatchForPort',
    kind: 'bad-request',
    message: ({ portId, subnetId }) =>
      `Subnet on port ${portId} does not match the requested subnet ${subnetId}`,
  }),
};
