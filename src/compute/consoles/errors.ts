import { defineError } from '#base/errors.ts';

/** Refusals of remote consoles, in Nova's words. */
export const consoleErrors = {
  typeUnavailable: defineError<{ type: string }>({
    code: 'ConsoleTypeUnavailable',
    kind: 'bad-request',
    message: ({ type }) => `Unavailable console type ${type}.`,
  }),
  typeInvalid: defineError<{ type: string }>({
    code: 'ConsoleTypeInvalid',
    kind: 'bad-request',
    message: ({ type }) => `Invalid console type ${type}`,
  }),
  /** RDP went with the hypervisor that had it. */
  removed: defineError({
    code: 'ConsoleTypeRemoved',
    kind: 'bad-request',
    message: () => 'RDP consoles were removed together with the hypervisor that had them.',
  }),
  tokenNotFound: defineError({
    code: 'ConsoleTokenNotFound',
    kind: 'not-found',
    message: () => 'Token not found',
  }),
};
