import { defineError } from '#base/errors.ts';

/** Refusals of external events, in Nova's words. */
export const eventErrors = {
  noneTaken: defineError({
    code: 'NoEventTaken',
    kind: 'not-found',
    message: () => 'No instances found for any event',
  }),
};
