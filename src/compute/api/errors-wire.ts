import type { ApiError, ErrorKind } from '#base/errors.ts';
import type { RenderedError } from '#endpoints/surface.ts';

/** The names under which Nova's clients look for a refusal's text. */
const names: Partial<Record<ErrorKind, string>> = {
  'bad-request': 'badRequest',
  unauthorized: 'unauthorized',
  forbidden: 'forbidden',
  'over-quota': 'forbidden',
  'not-found': 'itemNotFound',
  'method-not-allowed': 'badMethod',
  'not-acceptable': 'notAcceptable',
  conflict: 'conflictingRequest',
  'too-large': 'overLimit',
  'unsupported-type': 'badMediaType',
  'too-many-requests': 'overLimit',
  'not-implemented': 'notImplemented',
  unavailable: 'serviceUnavailable',
};

export function renderComputeError(error: ApiError, requestId: string): RenderedError {
  const name = names[error.kind] ?? 'computeFault';
  const headers: Record<string, string> = { 'x-compute-request-id': requestId };
  if (error.kind === 'unauthorized') headers['www-authenticate'] = 'Keystone uri="/v3"';
  return {
    status: error.status,
    headers,
    body: { [name]: { code: error.status, message: error.message } },
  };
}
