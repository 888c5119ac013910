import { limits } from '#base/limits.ts';

/** The service of a host that runs servers; since 2.53 no other can be taken out of use. */
export const computeBinary = 'nova-compute';

/** What decides, in the names that Nova's operators know. */
export const controlBinaries = ['nova-conductor', 'nova-scheduler'] as const;

/** The zone of services that run no servers. */
export const internalZone = 'internal';

/** One of the programs that Nova would be made of on a host. */
export interface ServiceRow {
  /** Its id until 2.52. */
  number: number;
  /** Its id since 2.53. */
  uuid: string;
  binary: string;
  host: string;
  zone: string;
  isEnabled: boolean;
  disabledReason: string | null;
  isForcedDown: boolean;
  isUp: boolean;
  seenMs: number;
}

/** It was heard of lately. */
export function isFresh(seenMs: number, nowMs: number): boolean {
  return nowMs <= freshUntilMs(seenMs);
}

/** The last moment at which who was heard of then still counts as there. */
export function freshUntilMs(seenMs: number): number {
  return seenMs + limits.serviceDownMs;
}
