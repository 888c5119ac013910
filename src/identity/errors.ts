import { defineError } from '#base/errors.ts';

/** Keystone answers every unknown thing with the same sentence, the noun excepted. */
function notFound(code: string, noun: string) {
  return defineError<{ id: string }>({
    code,
    kind: 'not-found',
    message: ({ id }) => `Could not find ${noun}: ${id.slice(0, 255)}.`,
  });
}

function forbidden<Facts = void>(code: string, action: (facts: Facts) => string) {
  return defineError<Facts>({
    code,
    kind: 'forbidden',
    message: (facts) => `You are not authorized to perform the requested action: ${action(facts)}.`,
  });
}

/** Refusals of the identity service, in Keystone's words. */
export const identityErrors = {
  /** One sentence for every failed login: which part was wrong is nobody's to know. */
  loginRefused: defineError({
    code: 'AuthenticationFailed',
    kind: 'unauthorized',
    message: () => 'The request you have made requires authentication.',
  }),
  methodUnsupported: defineError({
    code: 'AuthMethodNotSupported',
    kind: 'unauthorized',
    message: () => 'Attempted to authenticate with an unsupported method.',
  }),
  tooManyLogins: defineError({
    code: 'TooManyLogins',
    kind: 'too-many-requests',
    message: () => 'Too many logins are waiting for their turn; try again in a moment.',
  }),
  invalid: defineError<{ reason: string }>({
    code: 'ValidationError',
    kind: 'bad-request',
    message: ({ reason }) => reason,
  }),
  nameTaken: defineError<{ noun: string; name: string; domainId: string | null }>({
    code: 'Conflict',
    kind: 'conflict',
    message: ({ noun, name, domainId }) =>
      `Conflict occurred attempting to store ${noun} - Duplicate entry found with name ${name}` +
      `${domainId === null ? '' : ` at domain ID ${domainId}`}.`,
  }),
  tokenNotFound: defineError({
    code: 'TokenNotFound',
    kind: 'not-found',
    message: () => 'Could not find token.',
  }),
  userNotFound: notFound('UserNotFound', 'user'),
  projectNotFound: notFound('ProjectNotFound', 'project'),
  domainNotFound: notFound('DomainNotFound', 'domain'),
  groupNotFound: notFound('GroupNotFound', 'group'),
  roleNotFound: notFound('RoleNotFound', 'role'),
  serviceNotFound: notFound('ServiceNotFound', 'service'),
  endpointNotFound: notFound('EndpointNotFound', 'endpoint'),
  regionNotFound: notFound('RegionNotFound', 'region'),
  memberNotFound: defineError<{ userId: string; groupId: string }>({
    code: 'GroupMemberNotFound',
    kind: 'not-found',
    message: ({ userId, groupId }) =>
      `Could not find user: ${userId.slice(0, 64)} in group: ${groupId.slice(0, 64)}.`,
  }),
  assignmentNotFound: notFound('RoleAssignmentNotFound', 'role assignment with role'),
  impliedRoleNotFound: notFound('ImpliedRoleNotFound', 'role implied'),
  domainEnabled: forbidden(
    'DomainEnabled',
    () => 'Cannot delete a domain that is enabled, please disable it first',
  ),
  domainBuiltIn: forbidden('DomainBuiltIn', () => 'The default domain can not be deleted'),
  projectHasChildren: forbidden<{ id: string }>(
    'ProjectHasChildren',
    ({ id }) => `Cannot delete the project ${id} since it is not a leaf in the hierarchy`,
  ),
  childrenEnabled: forbidden<{ id: string }>(
    'ChildrenEnabled',
    ({ id }) => `Cannot disable project ${id} since its subtree contains enabled projects`,
  ),
  parentDisabled: forbidden<{ id: string }>(
    'ParentDisabled',
    ({ id }) => `Cannot enable or create a project below ${id} since it is disabled`,
  ),
  treeTooDeep: forbidden<{ depth: number }>(
    'ProjectTreeTooDeep',
    ({ depth }) => `Max hierarchy depth of ${depth} levels is reached`,
  ),
  fixedMember: defineError<{ member: string }>({
    code: 'FixedMember',
    kind: 'bad-request',
    message: ({ member }) => `Cannot change ${member}.`,
  }),
  immutable: defineError<{ noun: string; id: string }>({
    code: 'ResourceImmutable',
    kind: 'forbidden',
    message: ({ noun, id }) =>
      `Unable to change or delete immutable ${noun} resource: ${id}. ` +
      'Set resource option "immutable" to false first.',
  }),
  catalogNeedsScope: forbidden(
    'CatalogNeedsScope',
    () => 'A project-scoped token is required to produce a service catalog',
  ),
  roleImpliesItself: defineError({
    code: 'RoleImpliesItself',
    kind: 'bad-request',
    message: () => 'A role can not imply itself, directly or through others.',
  }),
};
