import { defineError } from '#base/errors.ts';

/** Refusals of the usage audit, in Nova's words. */
export const auditErrors = {
  timeMalformed: defineError<{ text: string }>({
    code: 'InvalidAuditTime',
    kind: 'bad-request',
    message: ({ text }) => `Invalid timestamp for date ${text.slice(0, 64)}`,
  }),
};
