import type { GuestEvent } from '#drivers/hypervisor/hypervisor.ts';
import type { ErrorRow } from './error-rows.ts';

/** Told to a host. */
export type Order =
  | { kind: 'request'; id: string; call: string; args: unknown[]; cancellable: boolean }
  | { kind: 'cancel'; id: string };

/** Told by a host. */
export type Report =
  /** `ticket`: the answer is a stream of bytes, to be fetched beside the messages. */
  | { kind: 'reply'; id: string; result?: unknown; ticket?: string }
  | { kind: 'failure'; id: string; error: ErrorRow }
  | { kind: 'event'; event: GuestEvent }
  | { kind: 'heartbeat' };

export type Message<M> = M & { sentMs: number };

/**
 * JSON of plain data. Throws for what would arrive as something else (a Map, a Buffer, a function,
 * a number without a value), so that a call which works here works over every wire.
 */
export function textOf(message: object): string {
  return JSON.stringify(message, function (this: Record<string, unknown>, key, _given) {
    // The value itself, not what its toJSON makes of it.
    const value = this[key];
    if (!isData(value)) throw new TypeError(`${key} cannot cross a wire: it is no plain data`);
    return value;
  });
}

function isData(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return ['string', 'boolean', 'undefined'].includes(typeof value);
  if (value === null || Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
