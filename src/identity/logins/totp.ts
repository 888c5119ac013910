import { createHmac, timingSafeEqual } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const stepMs = 30_000;
const digits = 6;
/** The step before is good too: people type, and clocks differ. Keystone's default. */
const previousSteps = 1;

/**
 * Which step of RFC 6238 (SHA-1, 30 s, 6 digits) the code is of, now or just before.
 * @param secret in base32, as authenticators show it; spaces and padding are ignored
 * @returns undefined when it is of none, or the secret is no base32
 */
export function matchingStep(secret: string, passcode: string, nowMs: number): number | undefined {
  const key = decodeBase32(secret);
  if (!key || key.length === 0 || !/^\d{6}$/.test(passcode)) return undefined;
  const current = Math.floor(nowMs / stepMs);
  for (let step = current; step >= current - previousSteps; step -= 1) {
    if (timingSafeEqual(Buffer.from(totpCode(key, step)), Buffer.from(passcode))) return step;
  }
  return undefined;
}

/** The code of one step: RFC 4226 with the step as counter. */
export function totpCode(key: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  // The last four bits say where to take 31 bits from.
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** @returns undefined when a character is none of base32. */
export function decodeBase32(text: string): Buffer | undefined {
  const clean = text.replaceAll(/[\s=]/g, '').toUpperCase();
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const character of clean) {
    const part = alphabet.indexOf(character);
    if (part < 0) return undefined;
    value = ((value << 5) | part) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((value >> bits) & 0xff);
  }
  return Buffer.from(bytes);
}
