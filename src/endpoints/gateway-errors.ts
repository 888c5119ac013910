import type { ApiError } from '#base/errors.ts';
import type { HttpAnswer } from '#base/http/route.ts';

/**
 * Refusals that Huawei's gateway makes before any service sees the request have one shape, whatever
 * service it is for: its SDK reads code and text from nothing else.
 */
export function isGatewayError(error: ApiError): boolean {
  return error.code.startsWith('APIGW.');
}

export function renderGatewayError(error: ApiError, requestId: string): HttpAnswer {
  const { status, headers, code, message } = error;
  const body = { error_msg: message, error_code: code, request_id: requestId };
  return { status, headers, body };
}
