import { defineError } from '#base/errors.ts';

/** Refusals of the machinery that all endpoints share. */
export const endpointErrors = {
  projectMismatch: defineError<{ named: string; actual: string }>({
    code: 'MalformedRequestUrl',
    kind: 'bad-request',
    message: ({ named, actual }) =>
      `Malformed request URL: URL's project_id '${named}' doesn't match ` +
      `Context's project_id '${actual}'`,
  }),
  actionMalformed: defineError({
    code: 'MalformedAction',
    kind: 'bad-request',
    message: () => 'Malformed request body: exactly one action is expected.',
  }),
  actionUnknown: defineError<{ name: string }>({
    code: 'NoSuchAction',
    kind: 'bad-request',
    message: ({ name }) => `There is no such action: ${name.slice(0, 64)}`,
  }),
};
