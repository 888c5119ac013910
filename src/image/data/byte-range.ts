import type { ByteRange } from '#drivers/storage/storage.ts';
import { imageErrors } from '../errors.ts';

/**
 * The bytes that a `Range` header asks for, with both ends. Glance serves one range per request.
 * @returns undefined when there is no header; throws 400 for several ranges, 416 for none that is.
 */
export function parseByteRange(
  header: string | undefined,
  sizeBytes: number,
): Required<ByteRange> | undefined {
  if (header === undefined) return undefined;
  if (header.includes(',')) {
    const sentence =
      'Requests with multiple ranges are not supported. ' +
      'You may make multiple single-range requests instead.';
    throw imageErrors.parameterInvalid({ sentence });
  }
  const match = /^\s*bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/i.exec(header);
  const [first = '', last = ''] = match?.slice(1) ?? [];
  if (first === '' && last === '') throw unsatisfiable('Invalid Range header.', sizeBytes);
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (start >= sizeBytes || end < start) {
    const sentence =
      'Invalid start position in Range header. ' +
      `Start position MUST be in the inclusive range [0, ${sizeBytes - 1}].`;
    throw unsatisfiable(sentence, sizeBytes);
  }
  return { start, end };
}

/** Says how long the data are, so that the client can ask again. */
function unsatisfiable(sentence: string, sizeBytes: number): Error {
  const refusal = imageErrors.rangeInvalid({ sentence });
  refusal.headers['content-range'] = `bytes */${sizeBytes}`;
  return refusal;
}
