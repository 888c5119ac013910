import { defineError } from '#base/errors.ts';

/** Refusals of images as compute shows them, in Nova's words. */
export const imageProxyErrors = {
  notFound: defineError({
    code: 'ImageNotFound',
    kind: 'not-found',
    message: () => 'Image not found.',
  }),
  itemNotFound: defineError({
    code: 'ImageMetadataNotFound',
    kind: 'not-found',
    message: () => 'Invalid metadata key',
  }),
  mismatch: defineError({
    code: 'ImageMetadataMismatch',
    kind: 'bad-request',
    message: () => 'Request body and URI mismatch',
  }),
  tooManyItems: defineError<{ allowed: number }>({
    code: 'ImageMetadataLimitExceeded',
    kind: 'over-quota',
    message: ({ allowed }) => `Image metadata limit exceeded: at most ${allowed} items.`,
  }),
};
