import { defineError } from '#base/errors.ts';
import { notFound, ruled } from '../errors.ts';

/** Refusals about which parts of the catalog are whose, and about configurations of domains. */
export const catalogErrors = {
  endpointGroupNotFound: notFound('EndpointGroupNotFound', 'endpoint group'),
  endpointNotInProject: defineError<{ endpointId: string; projectId: string }>({
    code: 'EndpointNotInProject',
    kind: 'not-found',
    message: ({ endpointId, projectId }) =>
      `Endpoint ${endpointId} not found in project ${projectId}`,
  }),
  groupNotInProject: defineError<{ groupId: string; projectId: string }>({
    code: 'EndpointGroupNotInProject',
    kind: 'not-found',
    message: ({ groupId, projectId }) =>
      `Project Endpoint Group not found: ${groupId} in project ${projectId}`,
  }),
  associationTaken: defineError<{ noun: string }>({
    code: 'AssociationConflict',
    kind: 'conflict',
    message: ({ noun }) => `Conflict occurred attempting to store ${noun} - Duplicate entry found.`,
  }),
  endpointHasNoPolicy: defineError<{ id: string }>({
    code: 'EndpointHasNoPolicy',
    kind: 'not-found',
    message: ({ id }) => `No policy is associated with endpoint ${id}.`,
  }),
  policyAssociationNotFound: defineError({
    code: 'PolicyAssociationNotFound',
    kind: 'not-found',
    message: () => 'Could not find policy association.',
  }),
  domainConfigNotFound: defineError<{ what: string; domainId: string }>({
    code: 'DomainConfigNotFound',
    kind: 'not-found',
    message: ({ what, domainId }) =>
      `Could not find ${what} in domain configuration for domain ${domainId}.`,
  }),
  invalidDomainConfig: ruled<{ reason: string }>(
    'InvalidDomainConfig',
    ({ reason }) => `Invalid domain specific configuration: ${reason}.`,
  ),
};
