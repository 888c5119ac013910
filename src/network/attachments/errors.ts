import { defineError, type ErrorRow } from '#base/errors.ts';

type Id = { id: string };

/** How Nova refuses what a new server asks of networks: in its own names and mostly as a 400. */
export const attachmentErrors = {
  networkNotFound: defineError<Id>({
    code: 'NetworkNotFound',
    kind: 'bad-request',
    message: ({ id }) => `Network ${id} could not be found.`,
  }),
  networkAmbiguous: defineError({
    code: 'NetworkAmbiguous',
    kind: 'conflict',
    message: () => 'Multiple possible networks found, use a Network ID to be more specific.',
  }),
  noNetworkForAuto: defineError({
    code: 'UnableToAutoAllocateNetwork',
    kind: 'bad-request',
    message: () => 'Unable to automatically allocate a network: the project has none to use.',
  }),
  networkRequiresSubnet: defineError<Id>({
    code: 'NetworkRequiresSubnet',
    kind: 'bad-request',
    message: ({ id }) => `Network ${id} requires a subnet in order to boot instances on.`,
  }),
  externalNetwork: defineError<Id>({
    code: 'ExternalNetworkAttachForbidden',
    kind: 'forbidden',
    message: ({ id }) => `It is not allowed to create an interface on external network ${id}`,
  }),
  portNotFound: defineError<Id>({
    code: 'PortNotFound',
    kind: 'bad-request',
    message: ({ id }) => `Port id ${id} could not be found.`,
  }),
  portInUse: defineError<Id>({
    code: 'PortInUse',
    kind: 'conflict',
    message: ({ id }) => `Port ${id} is still in use.`,
  }),
  portNamedTwice: defineError<Id>({
    code: 'NetworkDuplicated',
    kind: 'bad-request',
    message: ({ id }) => `Port ${id} is duplicated.`,
  }),
  portRequiresAddress: defineError<Id>({
    code: 'PortRequiresFixedIP',
    kind: 'bad-request',
    message: ({ id }) => `Port ${id} requires a FixedIP in order to be used.`,
  }),
  fixedIpInvalid: defineError<{ address: string; networkId: string }>({
    code: 'FixedIpInvalid',
    kind: 'bad-request',
    message: ({ address, networkId }) =>
      `Fixed IP address ${address} is not a valid ip address for network ${networkId}.`,
  }),
  fixedIpInUse: defineError<{ address: string }>({
    code: 'FixedIpAlreadyInUse',
    kind: 'bad-request',
    message: ({ address }) => `Fixed IP address ${address} is already in use.`,
  }),
  groupNotFound: defineError<{ name: string }>({
    code: 'SecurityGroupNotFound',
    kind: 'bad-request',
    message: ({ name }) => `Security group ${name} not found.`,
  }),
  groupAmbiguous: defineError<{ name: string }>({
    code: 'NoUniqueMatch',
    kind: 'conflict',
    message: ({ name }) =>
      `Multiple security groups found matching '${name}'. Use an ID to be more specific.`,
  }),
  addressesExhausted: defineError<{ networkId: string }>({
    code: 'NoMoreFixedIps',
    kind: 'bad-request',
    message: ({ networkId }) => `No fixed IP addresses available for network: ${networkId}`,
  }),
  portLimitExceeded: defineError({
    code: 'PortLimitExceeded',
    kind: 'over-quota',
    message: () => 'Maximum number of ports exceeded',
  }),
};

export type AttachmentErrors = typeof attachmentErrors;

const { networkNotFound, portNotFound, networkAmbiguous, fixedIpInUse } = attachmentErrors;

/** The same for one more card of a server that is there: Nova refuses some of it otherwise. */
export const interfaceErrors: AttachmentErrors = {
  ...attachmentErrors,
  networkNotFound: defineError<Id>({ ...rowOf(networkNotFound), kind: 'not-found' }),
  portNotFound: defineError<Id>({ ...rowOf(portNotFound), kind: 'not-found' }),
  networkAmbiguous: defineError({ ...rowOf(networkAmbiguous), kind: 'bad-request' }),
  fixedIpInUse: defineError<{ address: string }>({ ...rowOf(fixedIpInUse), kind: 'conflict' }),
};

function rowOf<Facts>({ code, kind, message }: ErrorRow<Facts>): ErrorRow<Facts> {
  return { code, kind, message };
}
