import { type DestinationStream, pino } from 'pino';

/** The part of the logger that the rooms use: a sentence, with facts beside it. */
export interface Log {
  debug(facts: object, sentence: string): void;
  info(facts: object, sentence: string): void;
  warn(facts: object, sentence: string): void;
  error(facts: object, sentence: string): void;
  child(facts: object): Log;
}

/** Names under which secrets travel; their values never reach the log, however deep they are. */
const secretNames = ['password', 'adminPass', 'secret', 'token', 'private_key', 'user_data'];

export function openLog(level: string, destination: DestinationStream): Log {
  const redact = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  return pino({ level, redact, base: null }, destination) as Log;
}

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};
