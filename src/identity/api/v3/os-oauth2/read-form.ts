import { Readable } from 'node:stream';
import { requestErrors } from '#base/errors.ts';

/** A form is two names and two secrets; nobody needs more. */
const formBytes = 16 * 1024;

/**
 * Of a field that is said twice the first counts. Throws InvalidContentType, RequestTooLarge.
 * @param type of the body, as it was sent
 */
export async function readForm(stream: Readable, type: unknown): Promise<URLSearchParams> {
  // A body of another type was read as what it says to be.
  if (!(stream instanceof Readable)) {
    throw requestErrors.typeUnsupported({ type: String(type ?? 'none').slice(0, 255) });
  }
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes > formBytes) throw requestErrors.bodyTooLarge({ maxBytes: formBytes });
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
