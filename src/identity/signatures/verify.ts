import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { type Signature, signatureAlgorithm } from './authorization.ts';
import { canonicalRequests, type SignedRequest } from './canonical.ts';

/** How far a client's clock may be off. */
export const signatureAgeMs = 15 * 60_000;

/** Whether the request was signed lately, by a clock that is about right. */
export function isTimely(signature: Signature, nowMs: number): boolean {
  return Math.abs(nowMs - signature.dateMs) <= signatureAgeMs;
}

/**
 * Whether whoever knows the secret signed this request.
 * @param bodyHash hexadecimal SHA-256 of the body, or what stands for it in the signature
 */
export function signatureMatches(
  signature: Signature,
  request: SignedRequest,
  bodyHash: string,
  secret: string,
): boolean {
  const forms = canonicalRequests(request, signature.signedHeaders, bodyHash);
  if (!forms) return false;
  const given = Buffer.from(signature.value, 'hex');
  let isOne = false;
  for (const form of forms) {
    isOne = timingSafeEqual(signatureOf(form, signature.date, secret), given) || isOne;
  }
  return isOne;
}

function signatureOf(canonicalRequest: string, date: string, secret: string): Uint8Array {
  // One byte in each character: what came over the wire is what is hashed.
  const requestHash = hash('sha256', Buffer.from(canonicalRequest, 'latin1'), 'hex');
  const text = `${signatureAlgorithm}\n${date}\n${requestHash}`;
  return createHmac('sha256', secret).update(text).digest();
}
