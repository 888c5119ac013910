import { sql } from 'kysely';
import pg from 'pg';
import type { Clock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import type { Channel, Ears, Said } from '../channel.ts';
import type { Queries } from '../database.ts';

/** What was said by this process and is not told yet; more are those of cancelled transactions. */
const mostUntold = 1000;

/**
 * `LISTEN` and `NOTIFY` on a connection of its own, which is asked every second whether it is
 * there: PostgreSQL brings notifications before its answer, so an answer proves that nothing said
 * before the question is missing.
 */
export class PostgresChannel implements Channel {
  readonly isShared = true;
  readonly #address: string;
  readonly #name: string;
  readonly #clock: Clock;
  readonly #ears: Ears;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  /** Of the connection that listens; undefined while none does. */
  #listenerId: number | undefined;
  #provenMs = Number.NEGATIVE_INFINITY;
  #saidCount = 0;
  #untold = new Map<string, () => void>();

  /** @param name an identifier of SQL */
  constructor(address: string, name: string, clock: Clock, ears: Ears) {
    this.#address = address;
    this.#name = name;
    this.#clock = clock;
    this.#ears = ears;
    this.#running = this.#run();
  }

  isCurrent(): boolean {
    if (this.#listenerId === undefined) return false;
    const ageMs = this.#clock.nowMs() - this.#provenMs;
    return ageMs >= 0 && ageMs <= limits.hearingProvenMs;
  }

  async say(tx: Queries, text: string): Promise<Said> {
    const listenerId = this.#listenerId;
    this.#saidCount += 1;
    const id = `${listenerId ?? 0}.${this.#saidCount}`;
    const told = listenerId === undefined ? Promise.resolve() : this.#toldOf(id);
    await sql`select pg_notify(${this.#name}, ${`${id} ${text}`})`.execute(tx);
    return { whenTold: () => told };
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  #toldOf(id: string): Promise<void> {
    const [oldest] = this.#untold.keys();
    if (this.#untold.size >= mostUntold && oldest !== undefined) this.#tellOf(oldest);
    return new Promise((resolve) => {
      this.#untold.set(id, resolve);
    });
  }

  #tellOf(id: string): void {
    this.#untold.get(id)?.();
    this.#untold.delete(id);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const client = new pg.Client({
        connectionString: this.#address,
        keepAlive: true,
        connectionTimeoutMillis: limits.hearingAnswerMs,
      });
      // Whatever breaks, `#listen` ends by it; unheard, it would end the process.
      const broken = new Promise<never>((_, reject) => {
        client.on('error', reject);
        client.on('end', () => reject(new Error('the connection ended')));
      });
      broken.catch(() => undefined);
      await this.#listen(client, broken).catch(() => undefined);
      this.#lost();
      // A connection that does not answer may not end either.
      await this.#within(limits.hearingRetryMs, client.end()).catch(() => undefined);
      await this.#clock.sleep(limits.hearingRetryMs, signal).catch(() => undefined);
    }
  }

  async #listen(client: pg.Client, broken: Promise<never>): Promise<void> {
    const { signal } = this.#stop;
    let listenerId = 0;
    client.on('notification', ({ payload = '' }) => this.#hear(listenerId, payload));
    await client.connect();
    const { rows } = await client.query('select pg_backend_pid() as id');
    listenerId = rows[0].id;
    await client.query(`listen ${client.escapeIdentifier(this.#name)}`);
    this.#ears.missed();
    for (;;) {
      const askedMs = this.#clock.nowMs();
      const answered = Promise.race([client.query('select 1'), broken]);
      await this.#within(limits.hearingAnswerMs, answered);
      if (signal.aborted) return;
      this.#provenMs = askedMs;
      this.#listenerId = listenerId;
      await Promise.race([this.#clock.sleep(limits.hearingBeatMs, signal), broken]);
    }
  }

  /** Throws when it takes longer. */
  async #within<T>(ms: number, work: Promise<T>): Promise<T> {
    const over = new AbortController();
    const late = this.#clock.sleep(ms, over.signal).then(() => {
      throw new Error('the connection does not answer');
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      over.abort();
    }
  }

  #hear(listenerId: number, payload: string): void {
    const space = payload.indexOf(' ');
    const id = payload.slice(0, space);
    if (id.startsWith(`${listenerId}.`)) this.#tellOf(id);
    else this.#ears.heard(payload.slice(space + 1));
  }

  #lost(): void {
    this.#listenerId = undefined;
    for (const id of [...this.#untold.keys()]) this.#tellOf(id);
  }
}
