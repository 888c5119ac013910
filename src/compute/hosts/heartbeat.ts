import { limits } from '#base/limits.ts';
import { readmitHosts } from '#compute/reconcilers/readmit.ts';
import type { ComputeService } from '#compute/service.ts';
import { markControlSeen } from '#compute/services/store.ts';
import { markSeen } from './store.ts';

export interface Heartbeat {
  /**
   * Beats now: a host that was away and is heard again need not wait for the next beat before it
   * gets servers. What it still has of others is removed first.
   */
  hurry(): void;
  stop(): void;
}

/** Agents beat when they like, so that between two of ours none may come, and none is away. */
const rememberedMs = 2 * limits.heartbeatMs;

/** Writes down again and again who is there: the hosts whose agents beat, and what decides here. */
export function keepBeating(service: ComputeService): Heartbeat {
  const { bus, clock, controlHost, database, log } = service;
  const stop = new AbortController();
  const heardMs = new Map<string, number>();
  let news = new Set<string>();
  let nap = new AbortController();
  const unhear = bus.onHeartbeat((host) => {
    heardMs.set(host, clock.nowMs());
    news.add(host);
  });
  // Nobody was promised a beat, so it does not wait for the disk.
  const beat = async () => {
    const sinceMs = clock.nowMs() - rememberedMs;
    const there = [...heardMs].filter(([, ms]) => ms >= sinceMs).map(([host]) => host);
    const heard = news;
    news = new Set();
    const names = (await readmitHosts(service, there)).filter((name) => heard.has(name));
    return database.note(async (tx) => {
      await markSeen(tx, names, clock.nowMs());
      await markControlSeen(tx, controlHost, clock.nowMs());
    });
  };
  const rest = async () => {
    const signal = AbortSignal.any([stop.signal, nap.signal]);
    await clock.sleep(limits.heartbeatMs, signal).catch(() => stop.signal.throwIfAborted());
    nap = new AbortController();
  };
  const run = async () => {
    for (;;) {
      await rest();
      await beat().catch((error) => {
        if (!stop.signal.aborted) log.error({ error: String(error) }, 'a heartbeat failed');
      });
    }
  };
  // Ends only by being stopped.
  run().catch(() => undefined);
  return {
    hurry: () => nap.abort(),
    stop: () => {
      unhear();
      stop.abort();
    },
  };
}
