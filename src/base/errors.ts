/** What went wrong, in terms that every API can express in its own status and shape. */
export type ErrorKind =
  | 'bad-request'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed'
  | 'not-acceptable'
  | 'conflict'
  | 'gone'
  | 'precondition-failed'
  | 'too-large'
  | 'unsupported-type'
  | 'range-not-satisfiable'
  | 'over-quota'
  | 'too-many-requests'
  | 'internal'
  | 'not-implemented'
  | 'unavailable';

export const statusOfKind: Record<ErrorKind, number> = {
  'bad-request': 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  conflict: 409,
  gone: 410,
  'precondition-failed': 412,
  'too-large': 413,
  'unsupported-type': 415,
  'range-not-satisfiable': 416,
  'over-quota': 403,
  'too-many-requests': 429,
  internal: 500,
  'not-implemented': 501,
  unavailable: 503,
};

/** One row of a service's error table. */
export interface ErrorRow<Facts> {
  /** Unique name, written like the exception that OpenStack's services raise for it. */
  code: string;
  kind: ErrorKind;
  message: (facts: Facts) => string;
}

/** A refusal that a caller is meant to read. Everything else that is thrown is a 500. */
export class ApiError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly headers: Record<string, string>;
  /** The existing user who was not proven, for the audit record alone: no answer may tell. */
  aboutUserId: string | undefined;

  constructor(
    code: string,
    kind: ErrorKind,
    message: string,
    headers: Record<string, string> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ApiError';
    this.code = code;
    this.kind = kind;
    this.headers = headers;
  }

  get status(): number {
    return statusOfKind[this.kind];
  }
}

/** An error row that is also the function that makes the error: `throw serverNotFound({ id })`. */
export interface ErrorDefinition<Facts> extends Readonly<ErrorRow<Facts>> {
  (facts: Facts): ApiError;
}

export function defineError<Facts = void>(row: ErrorRow<Facts>): ErrorDefinition<Facts> {
  const make = (facts: Facts) => new ApiError(row.code, row.kind, row.message(facts));
  return Object.assign(make, row);
}

/** Refusals that belong to no service: the request never reached one. */
export const requestErrors = {
  authenticationRequired: defineError({
    code: 'Unauthorized',
    kind: 'unauthorized',
    message: () => 'The request you have made requires authentication.',
  }),
  policyRefused: defineError<{ action: string }>({
    code: 'PolicyNotAuthorized',
    kind: 'forbidden',
    message: ({ action }) => `Policy doesn't allow ${action} to be performed.`,
  }),
  pathUnknown: defineError({
    code: 'HTTPNotFound',
    kind: 'not-found',
    message: () => 'The resource could not be found.',
  }),
  methodNotAllowed: defineError<{ method: string }>({
    code: 'HTTPMethodNotAllowed',
    kind: 'method-not-allowed',
    message: ({ method }) => `The method ${method} is not allowed for this resource.`,
  }),
  bodyMalformed: defineError<{ reason: string }>({
    code: 'MalformedRequestBody',
    kind: 'bad-request',
    message: ({ reason }) => `Malformed request body: ${reason}`,
  }),
  bodyTooLarge: defineError<{ maxBytes: number }>({
    code: 'RequestTooLarge',
    kind: 'too-large',
    message: ({ maxBytes }) => `Request is too large: at most ${maxBytes} bytes are accepted.`,
  }),
  typeUnsupported: defineError<{ type: string }>({
    code: 'InvalidContentType',
    kind: 'unsupported-type',
    message: ({ type }) => `Unsupported Content-Type: ${type}`,
  }),
  invalidInput: defineError<{ sentence: string }>({
    code: 'ValidationError',
    kind: 'bad-request',
    message: ({ sentence }) => sentence,
  }),
  internal: defineError<{ requestId: string }>({
    code: 'InternalError',
    kind: 'internal',
    message: ({ requestId }) =>
      `An unexpected error prevented the server from fulfilling your request (${requestId}).`,
  }),
};
