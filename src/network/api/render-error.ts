import type { ApiError } from '#base/errors.ts';
import type { InvalidInput, RenderedError } from '#endpoints/surface.ts';

/** Neutron's names for refusals that are not its own. */
const typeOf: Readonly<Record<string, string>> = {
  ValidationError: 'HTTPBadRequest',
  MalformedRequestBody: 'HTTPBadRequest',
  InternalError: 'HTTPInternalServerError',
};

/** Neutron's shape; a missing token is refused as the identity service does, before Neutron. */
export function renderNetworkError(error: ApiError): RenderedError {
  const { message } = error;
  if (error.kind === 'unauthorized') {
    const body = { error: { code: 401, title: 'Unauthorized', message } };
    return { status: 401, headers: {}, body };
  }
  const type = typeOf[error.code] ?? error.code;
  return {
    status: error.kind === 'over-quota' ? 409 : error.status,
    headers: {},
    body: { NeutronError: { type, message, detail: '' } },
  };
}

/** Neutron's sentences for a body that breaks its schema. */
export function describeInvalid(problem: InvalidInput): string {
  const names = problem.pointer.split('/').slice(1);
  const name = names.slice(1).join('/') || names[0] || 'body';
  const unexpected = /^Additional properties are not allowed \("(.*)" was unexpected\)$/.exec(
    problem.rule,
  );
  if (unexpected) return `Unrecognized attribute(s) '${unexpected[1]?.slice(0, 64)}'`;
  if (problem.rule.endsWith('is a required property')) {
    return `Failed to parse request. Required attribute '${name}' not specified`;
  }
  const value = JSON.stringify(problem.value) ?? 'None';
  return `Invalid input for ${name}. Reason: ${value.slice(0, 120)} ${problem.rule}.`;
}
