import { limits } from '#base/limits.ts';
import { formatMicroversion } from '#base/microversion.ts';
import type { Call } from './endpoint.ts';
import { Reply } from './endpoint.ts';

export interface Answered {
  status: number;
  reply: Reply;
}

/**
 * Answers of endpoints that look at nothing but the request, the actor and the database, or say
 * until when they hold. Each stands for exactly one state of the database, told by its change mark:
 * after any change, by whomever, all are forgotten, so none can be out of date. Consoles and
 * waiting clients ask the same again and again while little happens; this is for them.
 */
export class KeptAnswers {
  #changeMark: () => string | undefined;
  #nowMs: () => number;
  #mark: string | undefined;
  #answers = new Map<string, Answered>();
  #sizeBytes = 0;

  /** @param changeMark undefined where changes cannot be told: then nothing is kept. */
  constructor(changeMark: () => string | undefined, nowMs: () => number) {
    this.#changeMark = changeMark;
    this.#nowMs = nowMs;
  }

  async answer(key: string, make: () => Promise<Answered>): Promise<Answered> {
    const mark = this.#changeMark();
    if (mark === undefined) return make();
    if (mark !== this.#mark) this.#forgetAll(mark);
    const known = this.#answers.get(key);
    if (known && this.#nowMs() <= known.reply.keptUntilMs) return known;
    if (known) this.#forgetAll(mark);
    const made = await make();
    const body = Buffer.from(JSON.stringify(made.reply.body));
    const headers = { ...made.reply.headers, 'content-type': 'application/json' };
    const { keptUntilMs } = made.reply;
    const answered = { status: made.status, reply: new Reply(body, { headers, keptUntilMs }) };
    // A change while it was being made: it may show the state before or the one after.
    const isCurrent = this.#changeMark() === mark && this.#mark === mark;
    if (isCurrent && this.#sizeBytes + body.length <= limits.keptAnswersBytes) {
      this.#answers.set(key, answered);
      this.#sizeBytes += body.length + key.length;
    }
    return answered;
  }

  #forgetAll(mark: string): void {
    this.#mark = mark;
    this.#answers.clear();
    this.#sizeBytes = 0;
  }
}

/** Everything besides the database that an answer depends on. */
export function answerKey(call: Call<unknown, unknown, unknown>, path: string): string {
  const { actor } = call;
  const asked = [call.surface, formatMicroversion(call.version), call.root, path, call.query];
  const { userId, projectId, domainId, roles, rights } = actor;
  const holder = [userId, projectId, domainId, roles, rights.key];
  return JSON.stringify([...asked, ...holder]);
}
