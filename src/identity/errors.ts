import { defineError } from '#base/errors.ts';

/** Keystone answers every unknown thing with the same sentence, the noun excepted. */
export function notFound(code: string, noun: string) {
  return defineError<{ id: string }>({
    code,
    kind: 'not-found',
    message: ({ id }) => `Could not find ${noun}: ${id.slice(0, 255)}.`,
  });
}

/** A rule, not a missing permission: said without the sentence of `forbidden`. */
export function ruled<Facts = void>(code: string, message: (facts: Facts) => string) {
  return defineError<Facts>({ code, kind: 'forbidden', message });
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
  loginsLimited: defineError<{ seconds: number }>({
    code: 'LoginsLimited',
    kind: 'too-many-requests',
    message: ({ seconds }) => `Too many logins failed; try again in ${seconds} s.`,
  }),
  passwordExpired: defineError<{ id: string }>({
    code: 'PasswordExpired',
    kind: 'unauthorized',
    message: ({ id }) => `The password is expired and needs to be changed for user: ${id}.`,
  }),
  passwordTooWeak: defineError<{ description: string }>({
    code: 'PasswordRequirementsValidationError',
    kind: 'bad-request',
    message: ({ description }) =>
      `The password does not match the requirements: ${description || 'they are not described'}.`,
  }),
  passwordRepeated: defineError<{ count: number }>({
    code: 'PasswordHistoryValidationError',
    kind: 'bad-request',
    message: ({ count }) =>
      'The new password cannot be identical to a previous password. ' +
      `The total number which includes the new password must be unique is ${count}.`,
  }),
  passwordTooYoung: defineError<{ days: number; daysLeft: number }>({
    code: 'PasswordAgeValidationError',
    kind: 'bad-request',
    message: ({ days, daysLeft }) =>
      'You cannot change your password at this time due to the minimum password age. Once you ' +
      `change your password, it must be used for ${days} day(s) before it can be changed. ` +
      `Please try again in ${daysLeft} day(s) or contact your administrator to reset it.`,
  }),
  passwordLocked: defineError({
    code: 'PasswordSelfServiceDisabled',
    kind: 'bad-request',
    message: () =>
      'You cannot change your password at this time due to password policy disallowing password ' +
      'changes. Please contact your administrator to reset your password.',
  }),
  defaultProjectIsDomain: defineError<{ id: string }>({
    code: 'DefaultProjectIsDomain',
    kind: 'bad-request',
    message: ({ id }) => `The default project of a user cannot be a domain: ${id.slice(0, 64)}.`,
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
  credentialNotFound: notFound('CredentialNotFound', 'credential'),
  credentialTaken: defineError({
    code: 'CredentialConflict',
    kind: 'conflict',
    message: () => 'Conflict occurred attempting to store credential - Duplicate entry found.',
  }),
  credentialLimit: defineError<{ most: number }>({
    code: 'CredentialLimitExceeded',
    kind: 'forbidden',
    message: ({ most }) => `A user can have ${most} credentials at most.`,
  }),
  userNotFound: notFound('UserNotFound', 'user'),
  projectNotFound: notFound('ProjectNotFound', 'project'),
  domainNotFound: notFound('DomainNotFound', 'domain'),
  groupNotFound: notFound('GroupNotFound', 'group'),
  roleNotFound: notFound('RoleNotFound', 'role'),
  serviceNotFound: notFound('ServiceNotFound', 'service'),
  endpointNotFound: notFound('EndpointNotFound', 'endpoint'),
  regionNotFound: notFound('RegionNotFound', 'region'),
  providerNotFound: notFound('IdentityProviderNotFound', 'identity provider'),
  mappingNotFound: notFound('MappingNotFound', 'mapping'),
  protocolNotFound: notFound('FederatedProtocolNotFound', 'federated protocol'),
  serviceProviderNotFound: notFound('ServiceProviderNotFound', 'service provider'),
  mappingInUse: defineError<{ id: string }>({
    code: 'MappingInUse',
    kind: 'conflict',
    message: ({ id }) => `The mapping ${id} is used by a protocol of an identity provider.`,
  }),
  policyNotFound: notFound('PolicyNotFound', 'policy'),
  registeredLimitNotFound: notFound('RegisteredLimitNotFound', 'registered limit'),
  limitNotFound: notFound('LimitNotFound', 'limit'),
  idTaken: defineError<{ noun: string; id: string }>({
    code: 'ConflictingId',
    kind: 'conflict',
    message: ({ noun, id }) =>
      `Conflict occurred attempting to store ${noun} - Duplicate ID, ${id}.`,
  }),
  regionCircle: defineError<{ id: string }>({
    code: 'CircularRegionHierarchyError',
    kind: 'bad-request',
    message: ({ id }) =>
      `The specified parent region would create a circular region hierarchy around ${id}.`,
  }),
  regionInUse: ruled<{ id: string }>(
    'RegionDeletionError',
    ({ id }) =>
      `Unable to delete region ${id} because it or its child regions have associated endpoints.`,
  ),
  catalogBuiltIn: ruled<{ noun: string; id: string }>(
    'CatalogBuiltIn',
    ({ noun, id }) =>
      `The ${noun} ${id} is what this cloud serves itself; it follows from where it listens and ` +
      'can not be changed or deleted.',
  ),
  limitTaken: defineError<{ resource: string }>({
    code: 'LimitExists',
    kind: 'conflict',
    message: ({ resource }) =>
      `Conflict occurred attempting to store limit - Duplicate entry for ${resource}.`,
  }),
  limitHasNoReference: ruled(
    'NoLimitReference',
    () => 'Unable to create a limit that has no corresponding registered limit.',
  ),
  registeredLimitInUse: ruled<{ id: string }>(
    'RegisteredLimitError',
    ({ id }) =>
      `Unable to update or delete registered limit ${id} because there are project limits ` +
      'associated with it.',
  ),
  memberNotFound: defineError<{ userId: string; groupId: string }>({
    code: 'GroupMemberNotFound',
    kind: 'not-found',
    message: ({ userId, groupId }) =>
      `Could not find user: ${userId.slice(0, 64)} in group: ${groupId.slice(0, 64)}.`,
  }),
  assignmentNotFound: notFound('RoleAssignmentNotFound', 'role assignment with role'),
  domainRoleElsewhere: defineError<{ roleId: string; projectId: string }>({
    code: 'DomainSpecificRoleMismatch',
    kind: 'forbidden',
    message: ({ roleId, projectId }) =>
      `Project ${projectId} must be in the same domain as the role ${roleId} being assigned.`,
  }),
  domainRoleOnSystem: defineError<{ id: string }>({
    code: 'DomainSpecificRoleOnSystem',
    kind: 'bad-request',
    message: ({ id }) =>
      `Role ${id} is a domain-specific role. Unable to use a domain-specific role in a system ` +
      'assignment.',
  }),
  roleCanNotBeImplied: defineError<{ id: string }>({
    code: 'InvalidImpliedRole',
    kind: 'forbidden',
    message: ({ id }) => `${id} cannot be an implied role.`,
  }),
  impliedRoleNotFound: notFound('ImpliedRoleNotFound', 'role implied'),
  domainEnabled: ruled(
    'DomainEnabled',
    () => 'Cannot delete a domain that is enabled, please disable it first.',
  ),
  domainBuiltIn: forbidden('DomainBuiltIn', () => 'The default domain can not be deleted'),
  projectHasChildren: ruled<{ id: string }>(
    'ProjectHasChildren',
    ({ id }) => `Cannot delete the project ${id} since it is not a leaf in the hierarchy.`,
  ),
  childrenEnabled: ruled<{ id: string }>(
    'ChildrenEnabled',
    ({ id }) => `Cannot disable project ${id} since its subtree contains enabled projects.`,
  ),
  parentDisabled: ruled<{ id: string }>(
    'ParentDisabled',
    ({ id }) => `Cannot enable or create a project below ${id} since it is disabled.`,
  ),
  treeTooDeep: ruled<{ id: string }>(
    'ProjectTreeTooDeep',
    ({ id }) => `Max hierarchy depth reached for ${id} branch.`,
  ),
  tagNotFound: notFound('ProjectTagNotFound', 'project tag'),
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
  accessKeyNotFound: notFound('AccessKeyNotFound', 'credential'),
  /** In the words of Huawei's IAM. */
  accessKeysExceeded: defineError({
    code: 'AccessKeysExceeded',
    kind: 'bad-request',
    message: () => 'akSkNumExceed',
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
  accessRuleNotFound: notFound('AccessRuleNotFound', 'access rule'),
  applicationCredentialNotFound: notFound(
    'ApplicationCredentialNotFound',
    'Application Credential',
  ),
  accessRuleInUse: forbidden<{ id: string }>(
    'AccessRuleInUse',
    ({ id }) => `Access rule ${id} is used by an application credential and can not be deleted`,
  ),
  notOneself: forbidden(
    'NotOneself',
    () => 'The authenticated user must be the one for whom this is made',
  ),
  tooMany: defineError<{ noun: string; limit: number }>({
    code: 'LimitExceeded',
    kind: 'over-quota',
    message: ({ noun, limit }) =>
      `Unable to create additional ${noun} resources. Maximum of ${limit} resources exceeded.`,
  }),
  applicationCredentialInvalid: defineError<{ detail: string }>({
    code: 'ApplicationCredentialValidation',
    kind: 'bad-request',
    message: ({ detail }) => `Invalid application credential: ${detail}.`,
  }),
  applicationCredentialScope: defineError({
    code: 'ApplicationCredentialAuth',
    kind: 'unauthorized',
    message: () =>
      'Error authenticating with application credential: ' +
      'Application credentials cannot request a scope.',
  }),
  expiryPassed: defineError({
    code: 'ValidationExpiration',
    kind: 'bad-request',
    message: () => "The 'expires_at' must not be before now.",
  }),
  trustNotFound: notFound('TrustNotFound', 'trust'),
  trustWithoutRoles: forbidden('TrustWithoutRoles', () => 'At least one role should be specified'),
  redelegationRefused: forbidden<{ why: string }>(
    'RedelegationRefused',
    ({ why }) => `The trust can not be passed on like this: ${why}`,
  ),
  usesOfRedelegated: defineError({
    code: 'UsesOfRedelegated',
    kind: 'bad-request',
    message: () => 'remaining_uses must not be set if redelegation is allowed',
  }),
};
