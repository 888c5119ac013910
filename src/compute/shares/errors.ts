import { defineError } from '#base/errors.ts';

/** Refusals of shares, in Nova's words. */
export const shareErrors = {
  notFound: defineError<{ id: string }>({
    code: 'ShareNotFound',
    kind: 'not-found',
    message: ({ id }) => `Share ${id.slice(0, 64)} could not be found.`,
  }),
};
