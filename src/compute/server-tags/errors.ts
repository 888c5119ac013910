import { defineError } from '#base/errors.ts';
import { limits } from '#base/limits.ts';

/** Refusals of tags, in Nova's words. */
export const tagErrors = {
  notFound: defineError<{ id: string; tag: string }>({
    code: 'ServerTagNotFound',
    kind: 'not-found',
    message: ({ id, tag }) => `Server ${id} has no tag '${tag.slice(0, limits.tagCharacters)}'`,
  }),
  invalid: defineError<{ tag: string }>({
    code: 'InvalidServerTag',
    kind: 'bad-request',
    message: ({ tag }) =>
      `Tag '${tag.slice(0, limits.tagCharacters)}' is invalid. It must be a string of 1 to ` +
      `${limits.tagCharacters} characters without '/' and ',' that does not start with a dot.`,
  }),
  tooMany: defineError({
    code: 'ServerTagLimitExceeded',
    kind: 'bad-request',
    message: () => `The number of tags exceeded the per-server limit ${limits.serverTags}`,
  }),
};
