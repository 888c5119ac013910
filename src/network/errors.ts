import { defineError } from '#base/errors.ts';

type Id = { id: string };

/** Shorthand for the many refusals that only name a resource. */
const absent = (code: string, noun: string) =>
  defineError<Id>({
    code,
    kind: 'not-found',
    message: ({ id }) => `${noun} ${id} could not be found.`,
  });

export const networkErrors = {
  networkNotFound: absent('NetworkNotFound', 'Network'),
  subnetNotFound: absent('SubnetNotFound', 'Subnet'),
  portNotFound: absent('PortNotFound', 'Port'),
  routerNotFound: absent('RouterNotFound', 'Router'),
  extensionNotFound: absent('ExtensionNotFound', 'Extension with alias'),
  securityGroupNotFound: defineError<Id>({
    code: 'SecurityGroupNotFound',
    kind: 'not-found',
    message: ({ id }) => `Security group ${id} does not exist`,
  }),
  securityGroupRuleNotFound: defineError<Id>({
    code: 'SecurityGroupRuleNotFound',
    kind: 'not-found',
    message: ({ id }) => `Security group rule ${id} does not exist`,
  }),
  availabilityZoneNotFound: defineError<{ name: string }>({
    code: 'AvailabilityZoneNotFound',
    kind: 'not-found',
    message: ({ name }) => `AvailabilityZone ${name} could not be found.`,
  }),

  badRequest: defineError<{ resource: string; sentence: string }>({
    code: 'BadRequest',
    kind: 'bad-request',
    message: ({ resource, sentence }) => `Bad ${resource} request: ${sentence}.`,
  }),
  invalidInput: defineError<{ sentence: string }>({
    code: 'InvalidInput',
    kind: 'bad-request',
    message: ({ sentence }) => `Invalid input for operation: ${sentence}.`,
  }),
  invalidAttribute: defineError<{ name: string; reason: string }>({
    code: 'HTTPBadRequest',
    kind: 'bad-request',
    message: ({ name, reason }) => `Invalid input for ${name}. Reason: ${reason}.`,
  }),
  overQuota: defineError<{ resources: string }>({
    code: 'OverQuota',
    kind: 'conflict',
    message: ({ resources }) => `Quota exceeded for resources: ['${resources}'].`,
  }),

  networkInUse: defineError<Id>({
    code: 'NetworkInUse',
    kind: 'conflict',
    message: ({ id }) =>
      `Unable to complete operation on network ${id}. ` +
      'There are one or more ports still in use on the network.',
  }),
  invalidSharedSetting: defineError<{ name: string }>({
    code: 'InvalidSharedSetting',
    kind: 'conflict',
    message: ({ name }) =>
      `Unable to reconfigure sharing settings for network ${name}. Multiple tenants are using it.`,
  }),
  externalNetworkInUse: defineError<Id>({
    code: 'ExternalNetworkInUse',
    kind: 'conflict',
    message: ({ id }) =>
      `External network ${id} cannot be updated to be made non-external, ` +
      'since it has existing gateway ports.',
  }),
  subnetInUse: defineError<Id>({
    code: 'SubnetInUse',
    kind: 'conflict',
    message: ({ id }) =>
      `Unable to complete operation on subnet ${id}: ` +
      'One or more ports have an IP allocation from this subnet.',
  }),
  gatewayConflict: defineError<{ address: string; pool: string }>({
    code: 'GatewayConflictWithAllocationPools',
    kind: 'conflict',
    message: ({ address, pool }) => `Gateway ip ${address} conflicts with allocation pool ${pool}.`,
  }),
  gatewayInUse: defineError<{ address: string; portId: string }>({
    code: 'GatewayIpInUse',
    kind: 'conflict',
    message: ({ address, portId }) =>
      `Current gateway ip ${address} already in use by port ${portId}. Unable to update.`,
  }),
  poolsOverlap: defineError<{ a: string; b: string; cidr: string }>({
    code: 'OverlappingAllocationPools',
    kind: 'conflict',
    message: ({ a, b, cidr }) =>
      `Found overlapping allocation pools: ${a} ${b} for subnet ${cidr}.`,
  }),
  poolOutOfBounds: defineError<{ pool: string; cidr: string }>({
    code: 'OutOfBoundsAllocationPool',
    kind: 'bad-request',
    message: ({ pool, cidr }) =>
      `The allocation pool ${pool} spans beyond the subnet cidr ${cidr}.`,
  }),
  poolInvalid: defineError<{ pool: string }>({
    code: 'InvalidAllocationPool',
    kind: 'bad-request',
    message: ({ pool }) => `The allocation pool ${pool} is not valid.`,
  }),

  portInUse: defineError<{ portId: string; networkId: string; deviceId: string }>({
    code: 'PortInUse',
    kind: 'conflict',
    message: ({ portId, networkId, deviceId }) =>
      `Unable to complete operation on port ${portId} for network ${networkId}. ` +
      `Port already has an attached device ${deviceId}.`,
  }),
  portBound: defineError<{ portId: string }>({
    code: 'PortBound',
    kind: 'conflict',
    message: ({ portId }) =>
      `Unable to complete operation on port ${portId}, port is already bound.`,
  }),
  servicePortInUse: defineError<{ portId: string; reason: string }>({
    code: 'ServicePortInUse',
    kind: 'conflict',
    message: ({ portId, reason }) =>
      `Port ${portId} cannot be deleted directly via the port API: ${reason}.`,
  }),
  addressInUse: defineError<{ networkId: string; address: string }>({
    code: 'IpAddressInUse',
    kind: 'conflict',
    message: ({ networkId, address }) =>
      `Unable to complete operation for network ${networkId}. ` +
      `The IP address ${address} is in use.`,
  }),
  macInUse: defineError<{ networkId: string; mac: string }>({
    code: 'MacAddressInUse',
    kind: 'conflict',
    message: ({ networkId, mac }) =>
      `Unable to complete operation for network ${networkId}. The mac address ${mac} is in use.`,
  }),
  addressesExhausted: defineError<{ networkId: string }>({
    code: 'IpAddressGenerationFailure',
    kind: 'conflict',
    message: ({ networkId }) => `No more IP addresses available on network ${networkId}.`,
  }),
  addressOutsideNetwork: defineError<{ address: string }>({
    code: 'InvalidIpForNetwork',
    kind: 'bad-request',
    message: ({ address }) =>
      `IP address ${address} is not a valid IP for any of the subnets on the specified network.`,
  }),
  addressOutsideSubnet: defineError<{ address: string; subnetId: string }>({
    code: 'InvalidIpForSubnet',
    kind: 'bad-request',
    message: ({ address, subnetId }) =>
      `IP address ${address} is not a valid IP for the specified subnet ${subnetId}.`,
  }),
  portNeedsNoGroups: defineError({
    code: 'PortSecurityPortHasSecurityGroup',
    kind: 'conflict',
    message: () =>
      'Port has security group associated. Cannot disable port security or IP address until ' +
      'security group is removed.',
  }),
  groupsNeedPortSecurity: defineError({
    code: 'PortSecurityAndIPRequiredForSecurityGroups',
    kind: 'bad-request',
    message: () =>
      'Port security must be enabled and port must have an IP address in order to use security ' +
      'groups.',
  }),
  pairsNeedPortSecurity: defineError({
    code: 'AddressPairAndPortSecurityRequired',
    kind: 'conflict',
    message: () =>
      'Port Security must be enabled in order to have allowed address pairs on a port.',
  }),
};
