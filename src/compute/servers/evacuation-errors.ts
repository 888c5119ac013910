import { defineError } from '#base/errors.ts';

/** Refusals of evacuations, in Nova's words. */
export const evacuationErrors = {
  hostInUse: defineError<{ host: string }>({
    code: 'ComputeServiceInUse',
    kind: 'bad-request',
    message: ({ host }) => `Compute service of ${host} is still in use.`,
  }),
  targetNotFound: defineError<{ host: string }>({
    code: 'EvacuationTargetNotFound',
    kind: 'not-found',
    message: ({ host }) => `Compute host ${host} not found.`,
  }),
  targetUnchanged: defineError({
    code: 'EvacuationTargetUnchanged',
    kind: 'bad-request',
    message: () => "The target host can't be the same one.",
  }),
  passwordOfOldDisk: defineError({
    code: 'PasswordOnSharedStorage',
    kind: 'bad-request',
    message: () => "admin password can't be changed on existing disk",
  }),
  forcedNowhere: defineError({
    code: 'ForcedWithoutTarget',
    kind: 'bad-request',
    message: () => "Can't force to a non-provided destination",
  }),
};
