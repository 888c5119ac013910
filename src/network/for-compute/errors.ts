import { defineError } from '#base/errors.ts';
import { attachmentErrors } from '../attachments/errors.ts';

/** What compute refuses with another status than the network service does, as Nova does. */
export const proxyErrors = {
  overQuota: defineError<{ resources: string }>({
    code: 'OverQuota',
    kind: 'over-quota',
    message: ({ resources }) => `Quota exceeded for resources: ['${resources}'].`,
  }),
  addressesExhausted: defineError<{ networkId: string }>({
    code: 'NoMoreFloatingIps',
    kind: 'not-found',
    message: ({ networkId }) => `No more floating IPs in pool ${networkId}.`,
  }),
  ruleExists: defineError<{ id: string }>({
    code: 'SecurityGroupRuleExists',
    kind: 'bad-request',
    message: ({ id }) => `This rule already exists: it is ${id}.`,
  }),
  groupInUse: defineError<{ id: string }>({
    code: 'SecurityGroupInUse',
    kind: 'bad-request',
    message: ({ id }) => `Security Group ${id} in use.`,
  }),
  defaultStays: defineError({
    code: 'SecurityGroupCannotRemoveDefault',
    kind: 'bad-request',
    message: () => 'The default security group cannot be deleted.',
  }),
  groupNotFound: defineError<{ name: string }>({
    code: 'SecurityGroupNotFound',
    kind: 'not-found',
    message: ({ name }) => `Security group ${name} not found.`,
  }),
  groupAmbiguous: attachmentErrors.groupAmbiguous,
  groupNotOnServer: defineError<{ name: string; serverId: string }>({
    code: 'SecurityGroupNotFound',
    kind: 'not-found',
    message: ({ name, serverId }) =>
      `Security group ${name} is not associated with the instance ${serverId}.`,
  }),
  serverWithoutPorts: defineError<{ name: string; serverId: string }>({
    code: 'SecurityGroupNotFound',
    kind: 'not-found',
    message: ({ name, serverId }) =>
      `Instance ${serverId} has no port that could be in security group ${name}.`,
  }),
};
