import type { ApiError } from '#base/errors.ts';
import type { InvalidInput, RenderedError } from '#endpoints/surface.ts';

/** Reason phrases of HTTP, which Keystone sends as titles. */
const titles: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  410: 'Gone',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Keystone's shape. A 401 says where to log in. */
export function renderKeystoneError(error: ApiError, loginUrl: string): RenderedError {
  const { status, message } = error;
  const headers: Record<string, string> =
    status === 401 ? { 'www-authenticate': `Keystone uri="${loginUrl}"` } : {};
  const title = titles[status] ?? 'Error';
  return { status, headers, body: { error: { code: status, message, title } } };
}

/** Names the field and the rule, never the value: bodies of this service hold passwords. */
export function describeInvalid(problem: InvalidInput): string {
  const field = problem.pointer.split('/').at(-1) || problem.where;
  return `Invalid input for field '${field}': ${problem.rule}`;
}
