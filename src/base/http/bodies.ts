import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { requestErrors } from '#base/errors.ts';
import { limits } from '#base/limits.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Of a body that was read; null where none was. */
    rawBody: Uint8Array | null;
  }
}

type Done = (error: Error | null, body?: unknown) => void;

/** JSON, with an absent body as undefined and names that could reach prototypes refused. */
export function parseJsonBody(request: FastifyRequest, bytes: string | Buffer, done: Done): void {
  request.rawBody = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  if (bytes.length === 0) {
    done(null, undefined);
    return;
  }
  try {
    done(null, JSON.parse(String(bytes), refuseTraps));
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
  const accepted = request.found?.route.streams[request.method] ?? [];
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

const nothing = new Uint8Array();

/**
 * The bytes of the body as they came; undefined where they pass through. The framework reads no
 * body of a GET, of which some clients send one: it is read here, for those who want to know it.
 */
export async function readRawBody(request: FastifyRequest): Promise<Uint8Array | undefined> {
  if (request.rawBody) return request.rawBody;
  if (request.body !== undefined && request.body !== null) return undefined;
  if (request.method !== 'GET' && request.method !== 'HEAD') return nothing;
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of request.raw) {
    sizeBytes += (chunk as Uint8Array).length;
    if (sizeBytes > limits.requestBodyBytes) {
      throw requestErrors.bodyTooLarge({ maxBytes: limits.requestBodyBytes });
    }
    chunks.push(chunk as Uint8Array);
  }
  request.rawBody = Buffer.concat(chunks);
  return request.rawBody;
}
