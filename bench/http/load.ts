import { quantile } from '../samples.ts';
import { requireStatus } from './client.ts';
import { Connection } from './connection.ts';

export interface LoadOptions {
  url: string;
  connections: number;
  /** Requests before the measured time count for nothing: code is being compiled, caches fill. */
  warmUpMs: number;
  measuredMs: number;
  /** The next request to send; called anew for each. */
  next(): string;
  status: number;
}

export interface LoadResult {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Keeps every connection busy with one request after another. Throws on another status. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const { url, connections, warmUpMs, measuredMs } = options;
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(url)));
  const beginMs = performance.now() + warmUpMs;
  const endMs = beginMs + measuredMs;
  const samples: number[] = [];
  try {
    await Promise.all(
      open.map(async (connection) => {
        for (;;) {
          const sentMs = performance.now();
          if (sentMs >= endMs) return;
          const answer = await connection.send(options.next());
          requireStatus(answer, options.status);
          const doneMs = performance.now();
          if (sentMs >= beginMs && doneMs <= endMs) samples.push(doneMs - sentMs);
        }
      }),
    );
  } finally {
    for (const connection of open) connection.close();
  }
  return {
    perSecond: samples.length / (measuredMs / 1000),
    p50Ms: quantile(samples, 0.5),
    p99Ms: quantile(samples, 0.99),
  };
}
