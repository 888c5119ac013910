import type { ConsoleType } from '#compute/consoles/console.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';

/** What a WebSocket to a console asks for, below the base of our addresses. */
export function socketPath(token: string): string {
  return `/?token=${encodeURIComponent(token)}`;
}

/** Where consoles are found: below a base of their own, or below that of the APIs. */
export function consoleBase(
  service: ComputeService,
  call: Pick<Call<unknown, unknown, unknown>, 'origin'>,
): string {
  return service.consoleUrl ?? call.origin;
}

/**
 * As Nova's clients know them: for a screen a page that is told the path of its socket, for a
 * serial port the socket itself.
 */
export function consoleUrl(
  service: ComputeService,
  call: Pick<Call<unknown, unknown, unknown>, 'origin'>,
  type: ConsoleType,
  token: string,
): string {
  const base = consoleBase(service, call);
  if (type === 'serial') return base.replace(/^http/, 'ws') + socketPath(token);
  const path = encodeURIComponent(`?token=${token}`);
  return `${base}/vnc_auto.html?path=${path}`;
}
