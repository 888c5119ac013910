import { defineError } from '#base/errors.ts';

/** Refusals of hypervisors, in Nova's words. */
export const hypervisorErrors = {
  notFound: defineError<{ id: string }>({
    code: 'HypervisorNotFound',
    kind: 'not-found',
    message: ({ id }) => `Hypervisor with ID '${id.slice(0, 64)}' could not be found.`,
  }),
  idMalformed: defineError<{ id: string }>({
    code: 'InvalidHypervisorId',
    kind: 'bad-request',
    message: ({ id }) => `Invalid uuid ${id.slice(0, 64)}`,
  }),
  noneMatches: defineError<{ pattern: string }>({
    code: 'NoHypervisorMatches',
    kind: 'not-found',
    message: ({ pattern }) => `No hypervisor matching '${pattern.slice(0, 255)}' could be found.`,
  }),
  pagingOverPattern: defineError({
    code: 'PagingOverPattern',
    kind: 'bad-request',
    message: () =>
      'Paging over hypervisors with the hypervisor_hostname_pattern query parameter is not ' +
      'supported.',
  }),
  unavailable: defineError<{ host: string }>({
    code: 'ComputeServiceUnavailable',
    kind: 'bad-request',
    message: ({ host }) => `Compute service of ${host} is unavailable at this time.`,
  }),
};
