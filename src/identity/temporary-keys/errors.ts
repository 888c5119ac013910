import { defineError } from '#base/errors.ts';

export const temporaryKeyErrors = {
  /** There are none in this cloud: nobody lets another account act for them in such a way. */
  agencyNotFound: defineError<{ name: string }>({
    code: 'AgencyNotFound',
    kind: 'not-found',
    message: ({ name }) => `Could not find agency: ${name}.`,
  }),
};
