import { createHash, hash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Headers } from './authorization.ts';
import { signatureErrors } from './errors.ts';

export interface SignedBody {
  headers: Headers;
  /** A stream where the body passes through unread; then it may be replaced. */
  body: unknown;
  rawBody(): Promise<Uint8Array | undefined>;
}

const unsigned = 'UNSIGNED-PAYLOAD';

/**
 * What stands for the body in the signature: its SHA-256. A client that sends a stream names it in
 * a header, or says that it does not sign the body, which is for streams alone.
 * @returns undefined when the header says of a body what is not so
 */
export async function signedBodyHash(request: SignedBody): Promise<string | undefined> {
  const named = request.headers['x-sdk-content-sha256'];
  const bytes = await request.rawBody();
  if (bytes) {
    const actual = hash('sha256', bytes, 'hex');
    return named === undefined || named === actual ? actual : undefined;
  }
  if (named === unsigned) return unsigned;
  if (typeof named !== 'string') throw signatureErrors.streamUnhashed();
  request.body = checkedStream(request.body as Readable, named);
  return named;
}

/** Fails at its end when it was not what its sender said, so that nothing is kept of it. */
function checkedStream(stream: Readable, expected: string): Readable {
  return Readable.from(checkedChunks(stream, expected), { objectMode: false });
}

async function* checkedChunks(stream: Readable, expected: string) {
  const sum = createHash('sha256');
  for await (const chunk of stream) {
    sum.update(chunk as Uint8Array);
    yield chunk as Uint8Array;
  }
  if (sum.digest('hex') !== expected) throw signatureErrors.wrong();
}
