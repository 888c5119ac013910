import type { Clock } from '#base/clock.ts';
import type { Log } from '#base/log.ts';
import type { Channel, Said } from '#db/channel.ts';
import type { Database, Queries } from '#db/database.ts';

/** What the processes on one database tell each other about who may come in. */
export type News =
  /** Somebody may have lost a right. */
  | ['changed']
  | ['revoked', tokenHash: string]
  /** A login failed that counts for these. */
  | ['login-failed', ...keys: string[]]
  | ['wrongly-signed', access: string];

export interface PeersDeps {
  database: Database;
  clock: Clock;
  log: Log;
  /** Called with what others say; with `changed` also when something may not have been heard. */
  heard(news: News): void;
}

/** The other processes that serve the same cloud. */
export class Peers {
  readonly #channel: Channel;
  readonly #deps: PeersDeps;

  constructor(deps: PeersDeps) {
    this.#deps = deps;
    this.#channel = deps.database.channel('cumulet_identity', deps.clock, {
      heard: (text) => this.#hear(text),
      missed: () => deps.heard(['changed']),
    });
  }

  /** Whether there may be any. */
  get isShared(): boolean {
    return this.#channel.isShared;
  }

  /** Whether what they have changed is known here, so that what is kept in memory may be used. */
  isCurrent(): boolean {
    return this.#channel.isCurrent();
  }

  /** Known to all of them when the transaction is committed and `whenTold` resolves. */
  tell(tx: Queries, news: News): Promise<Said> {
    return this.#channel.say(tx, JSON.stringify(news));
  }

  /** For what nothing depends on, only numbers of tries: nobody waits, and it may get lost. */
  mention(news: News): void {
    if (!this.isShared) return;
    const { database, log } = this.#deps;
    this.tell(database.queries, news).catch((error: unknown) => {
      log.info({ error: String(error) }, 'other processes could not be told of a failed login');
    });
  }

  /** What cannot be read may have been anything: another version of ours may serve beside us. */
  #hear(text: string): void {
    let news: News = ['changed'];
    try {
      news = JSON.parse(text) as News;
    } catch {
      this.#deps.log.warn({ text: text.slice(0, 64) }, 'another process said what cannot be read');
    }
    this.#deps.heard(news);
  }
}
