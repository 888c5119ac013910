import { defineError } from '#base/errors.ts';

/** Refusals of servers' metadata, in Nova's words. */
export const metadataErrors = {
  itemNotFound: defineError({
    code: 'InstanceMetadataNotFound',
    kind: 'not-found',
    message: () => 'Metadata item was not found',
  }),
  mismatch: defineError({
    code: 'MetadataItemMismatch',
    kind: 'bad-request',
    message: () => 'Request body and URI mismatch',
  }),
  quotaExceeded: defineError<{ allowed: number }>({
    code: 'MetadataLimitExceeded',
    kind: 'over-quota',
    message: ({ allowed }) => `Maximum number of metadata items exceeds ${allowed}`,
  }),
};
