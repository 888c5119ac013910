import { defineError } from '#base/errors.ts';

/** Refusals of hosts, in Nova's words. */
export const hostErrors = {
  notFound: defineError<{ host: string }>({
    code: 'ComputeHostNotFound',
    kind: 'not-found',
    message: ({ host }) => `Compute host ${host.slice(0, 255)} could not be found.`,
  }),
  unsupported: defineError({
    code: 'NotImplementedFeature',
    kind: 'not-implemented',
    message: () => 'The requested functionality is not supported.',
  }),
};
