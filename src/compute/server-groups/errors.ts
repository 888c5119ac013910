import { defineError } from '#base/errors.ts';

/** Refusals of server groups, in Nova's words. */
export const serverGroupErrors = {
  notFound: defineError<{ id: string }>({
    code: 'InstanceGroupNotFound',
    kind: 'not-found',
    message: ({ id }) => `Instance group ${id} could not be found.`,
  }),
  /** A server that is to be made refers to it. */
  hintUnknown: defineError<{ id: string }>({
    code: 'InstanceGroupNotFound',
    kind: 'bad-request',
    message: ({ id }) => `Instance group ${id} could not be found.`,
  }),
  tooManyGroups: defineError({
    code: 'ServerGroupLimitExceeded',
    kind: 'over-quota',
    message: () => 'Quota exceeded, too many server groups.',
  }),
  tooManyMembers: defineError({
    code: 'ServerGroupMembersLimitExceeded',
    kind: 'over-quota',
    message: () => 'Quota exceeded, too many servers in group',
  }),
  rulesUnfit: defineError({
    code: 'InvalidServerGroupRules',
    kind: 'bad-request',
    message: () => 'Only anti-affinity policy supports rules.',
  }),
};
