import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Message, textOf } from './messages.ts';

const tagCharacters = 43;

/**
 * The message with its proof: made with the host's own credential, for one subject. So it says
 * nothing under another host's name, and what one end said cannot be played back to it.
 */
export function signed<M extends { sentMs: number }>(
  credential: string,
  subject: string,
  message: M,
): string {
  const body = textOf(message);
  return tagOf(credential, subject, body) + body;
}

/** @returns what was signed, or undefined where the proof is not of this credential. */
export function readSigned<M>(
  credential: string,
  subject: string,
  text: string,
): Message<M> | undefined {
  const [given, body] = [text.slice(0, tagCharacters), text.slice(tagCharacters)];
  const wanted = tagOf(credential, subject, body);
  const isSame =
    given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted));
  return isSame ? (JSON.parse(body) as Message<M>) : undefined;
}

function tagOf(credential: string, subject: string, body: string): string {
  return createHmac('sha256', credential).update(`${subject}\n${body}`).digest('base64url');
}
