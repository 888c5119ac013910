import { defineError } from '#base/errors.ts';

/** Refusals of quotas, in Nova's words. */
export const quotaErrors = {
  notFound: defineError<{ projectId: string }>({
    code: 'ProjectQuotaNotFound',
    kind: 'not-found',
    message: ({ projectId }) => `Quota for project ${projectId} could not be found.`,
  }),
  projectUnknown: defineError<{ projectId: string }>({
    code: 'ProjectUnknown',
    kind: 'bad-request',
    message: ({ projectId }) => `Project ID ${projectId} is not a valid project.`,
  }),
  belowUsage: defineError<{ resource: string; limit: number; used: number }>({
    code: 'QuotaBelowUsage',
    kind: 'bad-request',
    message: ({ resource, limit, used }) =>
      `Quota limit ${limit} for ${resource} must be greater than or equal to already used and ` +
      `reserved ${used}.`,
  }),
  aboveProject: defineError<{ resource: string; limit: number; maximum: number }>({
    code: 'QuotaAboveProject',
    kind: 'bad-request',
    message: ({ resource, limit, maximum }) =>
      `Quota limit ${limit} for ${resource} must be less than or equal to ${maximum}.`,
  }),
  classNameTooLong: defineError({
    code: 'InvalidQuotaClass',
    kind: 'bad-request',
    message: () => 'The name of a quota class has at most 255 characters.',
  }),
};
