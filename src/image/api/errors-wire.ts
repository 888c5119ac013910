import { STATUS_CODES } from 'node:http';
import type { ApiError } from '#base/errors.ts';
import type { InvalidInput, RenderedError } from '#endpoints/surface.ts';

/**
 * Glance leaves refusals to WebOb, which looks at `Accept`: HTML for those who take anything, as
 * curl and Python's clients do, JSON for those who ask for it. The Python clients read both;
 * glanceclient fails on WebOb's flat JSON, but never asks for it.
 */
export function renderImageError(
  error: ApiError,
  _requestId: string,
  accept?: string,
): RenderedError {
  const { status, message } = error;
  const title = STATUS_CODES[status] ?? 'Error';
  const code = `${status} ${title}`;
  if (error.kind === 'unauthorized') {
    // Not Glance's own answer but that of Keystone's middleware before it.
    return {
      status,
      headers: { 'www-authenticate': 'Keystone uri="/identity"' },
      body: { error: { message, code: status, title } },
    };
  }
  if (takesHtml(accept)) {
    const headers = { 'content-type': 'text/html; charset=UTF-8' };
    return { status, headers, body: htmlPage(code, message) };
  }
  return { status, headers: {}, body: { message, code, title } };
}

function takesHtml(accept: string | undefined): boolean {
  const types = (accept ?? '').split(',').map((part) => part.split(';')[0]?.trim().toLowerCase());
  return types.some((type) => type === '*/*' || type === 'text/html' || type === 'text/*');
}

function htmlPage(code: string, message: string): string {
  return (
    `<html>\n <head>\n  <title>${code}</title>\n </head>\n <body>\n  <h1>${code}</h1>\n` +
    `  ${escapeHtml(message)}<br /><br />\n\n\n </body>\n</html>\n`
  );
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** For text between tags, where quotes mean nothing; clients show what they find there. */
function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>]/g, (character) => entities[character] ?? character);
}

/** Glance's sentence for what its schema refuses. */
export function describeInvalidImage(problem: InvalidInput): string {
  const name = problem.pointer.split('/').at(-1) ?? '';
  const what = problem.where === 'query' ? 'query' : 'image';
  const subject = name === '' ? 'it' : `'${name.slice(0, 255)}'`;
  return `Provided object does not match schema '${what}': ${subject} ${problem.rule}`;
}
