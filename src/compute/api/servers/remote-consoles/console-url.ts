import type { ConsoleType } from '#compute/consoles/console.ts';
import type { Call } from '#endpoints/endpoint.ts';

/** Below our own origin, where the proxies of consoles answer. */
export function consolePath(type: ConsoleType, token: string): string {
  return `/console/${type}?token=${encodeURIComponent(token)}`;
}

/** Browsers open a page; the serial console is a socket, and was never anything else. */
export function consoleUrl(
  call: Pick<Call<unknown, unknown, unknown>, 'origin'>,
  type: ConsoleType,
  token: string,
): string {
  const origin = type === 'serial' ? call.origin.replace(/^http/, 'ws') : call.origin;
  return origin + consolePath(type, token);
}
