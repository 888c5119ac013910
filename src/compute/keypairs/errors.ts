import { defineError } from '#base/errors.ts';

/** Refusals of key pairs, in Nova's words. */
export const keypairErrors = {
  notFound: defineError<{ name: string; userId: string }>({
    code: 'KeypairNotFound',
    kind: 'not-found',
    message: ({ name, userId }) => `Keypair ${name} not found for user ${userId}`,
  }),
  exists: defineError<{ name: string }>({
    code: 'KeyPairExists',
    kind: 'conflict',
    message: ({ name }) => `Key pair '${name}' already exists.`,
  }),
  invalid: defineError<{ reason: string }>({
    code: 'InvalidKeypair',
    kind: 'bad-request',
    message: ({ reason }) => `Keypair data is invalid: ${reason}`,
  }),
  quotaExceeded: defineError({
    code: 'KeypairLimitExceeded',
    kind: 'over-quota',
    message: () => 'Quota exceeded, too many key pairs.',
  }),
};
