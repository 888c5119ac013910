import { defineError } from '#base/errors.ts';

/** Refusals of services, mostly in Nova's words. */
export const serviceErrors = {
  notFound: defineError<{ id: string }>({
    code: 'ServiceNotFound',
    kind: 'not-found',
    message: ({ id }) => `Service ${id.slice(0, 64)} could not be found.`,
  }),
  idMalformed: defineError<{ id: string }>({
    code: 'InvalidServiceId',
    kind: 'bad-request',
    message: ({ id }) => `Invalid service id ${id.slice(0, 64)}`,
  }),
  binaryNotFound: defineError<{ host: string; binary: string }>({
    code: 'HostBinaryNotFound',
    kind: 'not-found',
    message: ({ host, binary }) => `Could not find binary ${binary} on host ${host}.`,
  }),
  actionUnknown: defineError({
    code: 'UnknownServiceAction',
    kind: 'not-found',
    message: () => 'Unknown action',
  }),
  memberMissing: defineError<{ member: string }>({
    code: 'MissingMember',
    kind: 'bad-request',
    message: ({ member }) => `Missing ${member} field`,
  }),
  notCompute: defineError<{ binary: string }>({
    code: 'ServiceNotCompute',
    kind: 'bad-request',
    message: ({ binary }) =>
      `Updating a ${binary} service is not supported. Must be a nova-compute service.`,
  }),
  nothingAsked: defineError({
    code: 'NoServiceUpdate',
    kind: 'bad-request',
    message: () =>
      "No updates were requested. Fields 'status' or 'forced_down' should be specified.",
  }),
  reasonOfEnabled: defineError({
    code: 'ReasonWithoutDisabling',
    kind: 'bad-request',
    message: () => "Specifying 'disabled_reason' requires that 'status' is 'disabled'.",
  }),
  hasServers: defineError<{ host: string }>({
    code: 'ServiceHasInstances',
    kind: 'conflict',
    message: ({ host }) =>
      `Unable to delete compute service on ${host} that is hosting instances. Migrate or ` +
      'delete the instances first.',
  }),
};
