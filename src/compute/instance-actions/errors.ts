import { defineError } from '#base/errors.ts';

/** Refusals of instance actions, in Nova's words. */
export const actionErrors = {
  notFound: defineError<{ requestId: string }>({
    code: 'InstanceActionNotFound',
    kind: 'not-found',
    message: ({ requestId }) => `Action ${requestId.slice(0, 255)} not found`,
  }),
  timeMalformed: defineError<{ time: string }>({
    code: 'InvalidChangesTime',
    kind: 'bad-request',
    message: ({ time }) => `${time.slice(0, 64)} is not a time as ISO 8601 writes it.`,
  }),
  timesInverted: defineError({
    code: 'InvalidChangesRange',
    kind: 'bad-request',
    message: () => 'The value of changes-since must be less than or equal to changes-before.',
  }),
};
