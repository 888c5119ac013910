import { defineError } from '#base/errors.ts';

/** Refusals about policies and what is asked of them. */
export const policyErrors = {
  tooManyPolicies: defineError<{ count: number }>({
    code: 'TooManyPolicies',
    kind: 'forbidden',
    message: ({ count }) => `An account has at most ${count} policies of its own.`,
  }),
  policyNeeded: defineError({
    code: 'IAM.0077',
    kind: 'bad-request',
    message: () =>
      'Invalid policy type: only policies of version 1.1 of the account or of the cloud can be ' +
      'granted on enterprise projects.',
  }),
  callUnknown: defineError<{ method: string; path: string }>({
    code: 'CallUnknown',
    kind: 'not-found',
    message: ({ method, path }) =>
      `Could not find call: ${method.slice(0, 16)} ${path.slice(0, 255)}.`,
  }),
  pageInvalid: defineError<{ name: string }>({
    code: 'IAM.0007',
    kind: 'bad-request',
    message: ({ name }) => `Request parameter ${name} is invalid.`,
  }),
};
