import { defineError } from '#base/errors.ts';

type Rule = { id: string };

/** What can be wrong with a rule or a group of rules, in Neutron's names. */
export const securityErrors = {
  ruleExists: defineError<Rule>({
    code: 'SecurityGroupRuleExists',
    kind: 'conflict',
    message: ({ id }) => `Security group rule already exists. Rule id is ${id}.`,
  }),
  protocolInvalid: defineError<{ protocol: string }>({
    code: 'SecurityGroupRuleInvalidProtocol',
    kind: 'bad-request',
    message: ({ protocol }) =>
      `Security group rule protocol ${protocol} not supported. ` +
      'Only protocol names and numbers from 0 to 255 are supported.',
  }),
  portRangeInvalid: defineError({
    code: 'SecurityGroupInvalidPortRange',
    kind: 'bad-request',
    message: () => 'For TCP/UDP protocols, port_range_min must be <= port_range_max',
  }),
  portInvalid: defineError<{ port: number | string }>({
    code: 'SecurityGroupInvalidPortValue',
    kind: 'bad-request',
    message: ({ port }) => `Invalid value for port ${port}`,
  }),
  icmpInvalid: defineError<{ field: string; value: number }>({
    code: 'SecurityGroupInvalidIcmpValue',
    kind: 'bad-request',
    message: ({ field, value }) =>
      `Invalid value for ICMP ${field} (${value}). It must be between 0 and 255.`,
  }),
  icmpTypeMissing: defineError<{ value: number }>({
    code: 'SecurityGroupMissingIcmpType',
    kind: 'bad-request',
    message: ({ value }) =>
      `ICMP code (port-range-max) ${value} is provided but ICMP type (port-range-min) is missing.`,
  }),
  portsNeedProtocol: defineError({
    code: 'SecurityGroupProtocolRequiredWithPorts',
    kind: 'bad-request',
    message: () => 'Must also specify protocol if port range is given.',
  }),
  protocolHasNoPorts: defineError<{ protocol: string }>({
    code: 'SecurityGroupInvalidProtocolForPort',
    kind: 'bad-request',
    message: ({ protocol }) =>
      `Invalid protocol ${protocol} for port range, only supported for TCP, UDP, UDPLITE, SCTP ` +
      'and DCCP.',
  }),
  twoRemotes: defineError({
    code: 'SecurityGroupRemoteGroupAndRemoteIpPrefix',
    kind: 'bad-request',
    message: () =>
      'Only remote_ip_prefix or remote_group_id or remote_address_group_id may be provided.',
  }),
  prefixInvalid: defineError<{ prefix: string }>({
    code: 'InvalidCIDR',
    kind: 'bad-request',
    message: ({ prefix }) => `Invalid CIDR ${prefix} given as IP prefix.`,
  }),
  versionsDiffer: defineError<{ ethertype: string; prefix: string }>({
    code: 'SecurityGroupRuleParameterConflict',
    kind: 'bad-request',
    message: ({ ethertype, prefix }) =>
      `Conflicting value ethertype ${ethertype} for CIDR ${prefix}`,
  }),
  protocolNotOfVersion: defineError<{ ethertype: string; protocol: string }>({
    code: 'SecurityGroupEthertypeConflictWithProtocol',
    kind: 'bad-request',
    message: ({ ethertype, protocol }) =>
      `Invalid ethertype ${ethertype} for protocol ${protocol}.`,
  }),
  groupInUse: defineError<{ id: string }>({
    code: 'SecurityGroupInUse',
    kind: 'conflict',
    message: ({ id }) => `Security Group ${id} in use.`,
  }),
  defaultStays: defineError({
    code: 'SecurityGroupCannotRemoveDefault',
    kind: 'conflict',
    message: () => 'Insufficient rights for removing default security group.',
  }),
  defaultKeepsName: defineError({
    code: 'SecurityGroupCannotUpdateDefault',
    kind: 'conflict',
    message: () => 'Updating default security group not allowed.',
  }),
  defaultExists: defineError({
    code: 'SecurityGroupDefaultAlreadyExists',
    kind: 'conflict',
    message: () => 'Default security group already exists.',
  }),
};
