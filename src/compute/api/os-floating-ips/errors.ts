import { defineError } from '#base/errors.ts';

/** Refusals of the floating IP proxies, in Nova's words. */
export const floatingIpErrors = {
  notFound: defineError<{ id: string }>({
    code: 'FloatingIpNotFound',
    kind: 'not-found',
    message: ({ id }) => `Floating IP not found for ID ${id.slice(0, 255)}`,
  }),
  idMalformed: defineError<{ id: string }>({
    code: 'InvalidID',
    kind: 'bad-request',
    message: ({ id }) => `Invalid ID received ${id.slice(0, 255)}.`,
  }),
  poolNotFound: defineError({
    code: 'FloatingIpPoolNotFound',
    kind: 'not-found',
    message: () => 'Floating IP pool not found.',
  }),
  addressNotFound: defineError({
    code: 'FloatingIpNotFoundForAddress',
    kind: 'not-found',
    message: () => 'floating IP not found',
  }),
  notAssociated: defineError<{ address: string; id: string }>({
    code: 'FloatingIpNotAssociated',
    kind: 'conflict',
    message: ({ address, id }) => `Floating IP ${address} is not associated with instance ${id}.`,
  }),
  noFixedAddress: defineError({
    code: 'NoFixedIpsDefined',
    kind: 'bad-request',
    message: () => 'No fixed IPv4 addresses are associated to the instance.',
  }),
  fixedNotOnServer: defineError({
    code: 'FixedIpNotFoundForInstance',
    kind: 'bad-request',
    message: () => 'Specified fixed address not assigned to instance',
  }),
  projectNeeded: defineError({
    code: 'ProjectScopeRequired',
    kind: 'forbidden',
    message: () => 'This request needs a token that is scoped to a project.',
  }),
};
