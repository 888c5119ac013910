import { defineError } from '#base/errors.ts';

/** Refusals of usage, in Nova's words. */
export const usageErrors = {
  timeMalformed: defineError({
    code: 'InvalidStrTime',
    kind: 'bad-request',
    message: () => 'Invalid datetime string: Datetime is in invalid format',
  }),
  startAfterEnd: defineError({
    code: 'InvalidUsagePeriod',
    kind: 'bad-request',
    message: () => 'Invalid start time. The start time cannot occur after the end time.',
  }),
  projectNotFound: defineError<{ projectId: string }>({
    code: 'ProjectNotFound',
    kind: 'not-found',
    message: ({ projectId }) => `Project ${projectId.slice(0, 64)} could not be found.`,
  }),
};
