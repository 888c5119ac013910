import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { requestErrors } from '#base/errors.ts';

type Done = (error: Error | null, body?: unknown) => void;

/** JSON, with an absent body as undefined and names that could reach prototypes refused. */
export function parseJsonBody(_request: FastifyRequest, text: string | Buffer, done: Done): void {
  if (text.length === 0) {
    done(null, undefined);
    return;
  }
  try {
    done(null, JSON.parse(String(text), refuseTraps));
  } catch (error) {
    done(requestErrors.bodyMalformed({ reason: (error as Error).message }));
  }
}

/** What could reach a prototype, and the one character that a database's text cannot hold. */
function refuseTraps(name: string, value: unknown): unknown {
  if (name === '__proto__') throw new Error('"__proto__" is not accepted as a name');
  const hasNul = name.includes('\0') || (typeof value === 'string' && value.includes('\0'));
  if (hasNul) throw new Error('the character NUL is not accepted');
  return value;
}

/** Any other content type: passed on as a stream where the endpoint takes it, else 415. */
export function passThroughBody(
  request: FastifyRequest,
  payload: IncomingMessage,
  done: Done,
): void {
  const config = request.routeOptions.config as {
    streams?: Readonly<Record<string, readonly string[]>>;
  };
  const accepted = config.streams?.[request.method] ?? [];
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (accepted.includes(type)) {
    done(null, payload);
    return;
  }
  // Nothing was sent, so there is nothing whose type could be wrong.
  if (request.headers['content-length'] === '0') {
    done(null, undefined);
    return;
  }
  done(requestErrors.typeUnsupported({ type }));
}
