import { defineError } from '#base/errors.ts';

/** Refusals of the security group proxies, in Nova's words. */
export const groupErrors = {
  idMalformed: defineError({
    code: 'InvalidID',
    kind: 'bad-request',
    message: () => 'Security group id should be uuid',
  }),
  notFound: defineError<{ id: string }>({
    code: 'SecurityGroupNotFound',
    kind: 'not-found',
    message: ({ id }) => `Security group ${id} not found.`,
  }),
  defaultStaysAsItIs: defineError({
    code: 'SecurityGroupCannotUpdateDefault',
    kind: 'conflict',
    message: () => 'Updating default security group not allowed.',
  }),
  ruleNotFound: defineError<{ id: string }>({
    code: 'SecurityGroupRuleNotFound',
    kind: 'not-found',
    message: ({ id }) => `Rule (${id}) not found`,
  }),
  ruleIncomplete: defineError({
    code: 'RuleIncomplete',
    kind: 'bad-request',
    message: () => 'Not enough parameters to build a valid rule.',
  }),
  protocolInvalid: defineError<{ protocol: string }>({
    code: 'InvalidIpProtocol',
    kind: 'bad-request',
    message: ({ protocol }) => `Invalid IP protocol ${protocol.slice(0, 64)}`,
  }),
  portRangeInvalid: defineError<{ from: number; to: number; sentence: string }>({
    code: 'InvalidPortRange',
    kind: 'bad-request',
    message: ({ from, to, sentence }) => `Invalid port range ${from}:${to}. ${sentence}`,
  }),
  portsNoNumbers: defineError({
    code: 'InvalidInput',
    kind: 'bad-request',
    message: () => 'Ports, types and codes must be integers.',
  }),
  prefixInvalid: defineError<{ cidr: string }>({
    code: 'InvalidCidr',
    kind: 'bad-request',
    message: ({ cidr }) => `Bad prefix for network in cidr ${cidr.slice(0, 64)}`,
  }),
  projectNeeded: defineError({
    code: 'ProjectScopeRequired',
    kind: 'forbidden',
    message: () => 'This request needs a token that is scoped to a project.',
  }),
};

const uuid = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** What an id that leads nowhere is refused with: 400 for one that could be none. */
export function absentGroup(id: string): Error {
  return uuid.test(id) ? groupErrors.notFound({ id }) : groupErrors.idMalformed();
}

export function absentRule(id: string): Error {
  return uuid.test(id) ? groupErrors.ruleNotFound({ id }) : groupErrors.idMalformed();
}
