import { hash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { limits } from '#base/limits.ts';
import type { RefusedCall } from '#endpoints/audit-trail.ts';
import type { RefusedCallsRow } from './refused-store.ts';

type Together = Omit<RefusedCallsRow, 'key' | 'count' | 'first_ms' | 'last_ms' | 'request_id'>;

const dayMs = 24 * 3600_000;
const unsaid = {
  surface: null,
  method: null,
  call: null,
  status: null,
  refusal: null,
  user_id: null,
};
const others: Together = { address: null, ...unsaid };

/**
 * Refusals of unknown callers that are not written yet, those that are alike as one. However many
 * come from however many places, there are so many rows an hour: beyond its part, all else of one
 * source is one row, and beyond all parts, all else of a day.
 */
export class RefusedCalls {
  #pending = new Map<string, RefusedCallsRow>();
  #hour = -1;
  /** Of this hour. */
  #keys = new Set<string>();
  #perSource = new Map<string, number>();

  get isEmpty(): boolean {
    return this.#pending.size === 0;
  }

  count(call: RefusedCall, nowMs: number): void {
    const hour = Math.floor(nowMs / limits.refusedCallsTogetherMs);
    if (hour !== this.#hour) {
      this.#hour = hour;
      this.#keys.clear();
      this.#perSource.clear();
    }
    const { requestId: request_id, address, surface, method, status, refusal } = call;
    const source = sourceOf(address);
    const pattern = call.call.slice(0, 255);
    const like = { surface, method, call: pattern, status, refusal, user_id: call.userId };
    const counted = { count: 1, first_ms: nowMs, last_ms: nowMs, request_id };
    addTo(this.#pending, { ...this.#placeOf({ address: source, ...like }, source), ...counted });
  }

  /** What has been counted since the last time; rows of the same key are to be added up. */
  take(): RefusedCallsRow[] {
    const rows = [...this.#pending.values()];
    this.#pending.clear();
    return rows;
  }

  /** What could not be written is kept for another time, as far as there is room. */
  takeBack(rows: readonly RefusedCallsRow[]): void {
    for (const row of rows) {
      const isFull = this.#pending.size >= limits.refusedCallsPerHour;
      addTo(this.#pending, isFull ? { ...row, ...amongOthers(row.first_ms) } : row);
    }
  }

  #placeOf(exact: Together, source: string): Together & { key: string } {
    const rest: Together = { address: source, ...unsaid };
    for (const place of [exact, rest]) {
      const key = keyOf([this.#hour, ...Object.values(place)]);
      if (this.#hasRoom(key, place === exact ? source : undefined)) return { ...place, key };
    }
    return amongOthers(this.#hour * limits.refusedCallsTogetherMs);
  }

  /** @param source of what counts for its part */
  #hasRoom(key: string, source: string | undefined): boolean {
    if (this.#keys.has(key)) return true;
    const part = source === undefined ? 0 : (this.#perSource.get(source) ?? 0);
    const isFull = this.#keys.size >= limits.refusedCallsPerHour;
    if (isFull || part >= limits.refusedCallsPerSource) return false;
    this.#keys.add(key);
    if (source !== undefined) this.#perSource.set(source, part + 1);
    return true;
  }
}

/** Rows that say the same are one afterwards. */
export function addTo(rows: Map<string, RefusedCallsRow>, row: RefusedCallsRow): void {
  const before = rows.get(row.key);
  if (!before) {
    rows.set(row.key, row);
    return;
  }
  before.count += row.count;
  before.first_ms = Math.min(before.first_ms, row.first_ms);
  if (row.last_ms < before.last_ms) return;
  before.last_ms = row.last_ms;
  before.request_id = row.request_id;
}

/** The row of a day for what has, or keeps, none of its own. */
export function amongOthers(atMs: number): Together & { key: string } {
  return { ...others, key: keyOf(['others', Math.floor(atMs / dayMs)]) };
}

function keyOf(parts: readonly (string | number | null)[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url');
}

/** Who has one IPv6 address mostly has the 2^64 around it. */
function sourceOf(address: string): string {
  if (!ipaddr.isValid(address)) return address.slice(0, 64);
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return `${new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0])}/64`;
}
