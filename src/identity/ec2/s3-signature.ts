import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What a client of an object store signed, as the store that received it tells. */
export interface S3Signature {
  /** The text that was signed, as bytes. */
  signed: Buffer;
  signature: string;
}

const algorithm = 'AWS4-HMAC-SHA256';

/** Whether the signature is of this secret: version 4, or the older one by SHA-1. */
export function isS3SignedBy(secret: string, { signed, signature }: S3Signature): boolean {
  const text = signed.toString('latin1');
  if (!text.startsWith('AWS4')) {
    return areEqual(createHmac('sha1', secret).update(signed).digest('base64'), signature);
  }
  const scope = scopeOf(text);
  if (!scope) return false;
  let key: string | Buffer = `AWS4${secret}`;
  for (const part of scope) key = createHmac('sha256', key).update(part).digest();
  return areEqual(createHmac('sha256', key).update(signed).digest('hex'), signature);
}

/** Day, region, service and end. */
function scopeOf(text: string): string[] | undefined {
  const [first, , scope, ...rest] = text.split('\n');
  const parts = scope?.split('/') ?? [];
  const isKnown = first === algorithm && rest.length === 1 && parts.length === 4;
  return isKnown && parts[2] === 's3' && parts[3] === 'aws4_request' ? parts : undefined;
}

/**
 * Since when and until when the signature is meant to be good, in milliseconds since 1970, as it
 * covers it itself; undefined where it does not say.
 * @param ageMs how long a signature without an end is good, in both directions
 */
export function timesOf({ signed }: S3Signature, ageMs: number): [number, number] | undefined {
  const lines = signed.toString('latin1').split('\n');
  if (lines[0]?.startsWith('AWS4')) return around(basicTimeMs(lines[1] ?? ''), ageMs);
  const date = lines[3] ?? '';
  // Addresses that were signed beforehand have the second of their end there.
  if (/^\d{1,11}$/.test(date)) return [0, Number(date) * 1000];
  const header = lines.find((line) => line.toLowerCase().startsWith('x-amz-date:'));
  return around(Date.parse(date || (header?.slice('x-amz-date:'.length) ?? '')), ageMs);
}

function around(ms: number, ageMs: number): [number, number] | undefined {
  return Number.isFinite(ms) ? [ms - ageMs, ms + ageMs] : undefined;
}

/** @param text `20260131T235959Z` */
function basicTimeMs(text: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const [, year, month, day, hour, minute, second] = parts ?? [];
  return parts ? Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) : Number.NaN;
}

function areEqual(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
