import type { ApiError, ErrorKind } from '#base/errors.ts';
import type { RenderedError } from '#endpoints/surface.ts';

/** IAM's code for what other services of ours name otherwise. */
const codeOfKind: Partial<Record<ErrorKind, string>> = {
  'bad-request': 'IAM.0007',
  unauthorized: 'IAM.0001',
  forbidden: 'IAM.0002',
  'not-found': 'IAM.0004',
  conflict: 'IAM.0005',
  internal: 'IAM.0006',
};

const codeOfError: Readonly<Record<string, string>> = {
  PolicyNotAuthorized: 'IAM.0003',
  ValidationError: 'IAM.0011',
  MalformedRequestBody: 'IAM.0011',
};

/**
 * Huawei IAM answers some of its own calls in a shape of its own, `{ error_code, error_msg }`, and
 * others in Keystone's: ours say both, so that each client finds what it reads.
 */
export function renderIamError(error: ApiError, classic: RenderedError): RenderedError {
  const { message, code, kind } = error;
  // Published in Keystone's shape, and in no other.
  if (message === 'akSkNumExceed') return classic;
  const known = Object.hasOwn(codeOfError, code) ? codeOfError[code] : codeOfKind[kind];
  const error_code = code.startsWith('IAM.') ? code : (known ?? 'IAM.0007');
  const body = { ...(classic.body as object), error_code, error_msg: message };
  return { ...classic, body };
}
