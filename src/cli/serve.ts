import { systemClock } from '#base/clock.ts';
import type { Config } from '#base/config.ts';
import { type Log, openLog } from '#base/log.ts';
import { type Ask, answerIn } from './control-socket.ts';
import { openLogFile } from './log-file.ts';
import { findHolder, lockState } from './state-lock.ts';

/** A close that hangs is cut here: the database is durable and guests do not need us. */
const closeDeadlineMs = 20_000;

/** What a process serves, once it does. */
export interface Served {
  /** What it tells as soon as it is there; the last words say how long that took. */
  ready: string;
  /** Printed after that, and not logged. */
  hints?: readonly string[];
  asks: Readonly<Record<string, Ask>>;
  close(): Promise<void>;
}

export type Open = (parts: { log: Log; say: (line: string) => void }) => Promise<Served>;

/**
 * Serves until the process is told to stop, alone in its folder.
 * @param folder of the cloud, or of the host
 * @returns the exit code
 */
export async function serve(config: Config, folder: string, open: Open): Promise<number> {
  const stopAsked = listenForStop();
  const lock = lockState(folder);
  if (!lock) throw new Error(takenSentence(folder));
  const logFile = openLogFile(folder);
  const log = openLog(config.logLevel, logFile);
  const cutShort = (error: unknown) => {
    log.error({ err: error }, 'the process ends');
    logFile.close();
  };
  process.on('uncaughtExceptionMonitor', cutShort);
  try {
    const say = (line: string) => {
      console.log(line);
      log.info({}, line);
    };
    const served = await Promise.race([open({ log, say }), stoppedWhileOpening(stopAsked)]);
    const unanswer = await answerIn(folder, served.asks, log);
    say(`${served.ready} in ${Math.round(process.uptime() * 1000)} ms`);
    for (const line of served.hints ?? []) console.log(line);
    const signalName = await stopAsked;
    say(`cumulet stops (${signalName}); running servers stay`);
    await unanswer();
    return await closeInTime(served, log);
  } catch (error) {
    log.error({ err: error }, 'could not serve');
    throw error;
  } finally {
    process.off('uncaughtExceptionMonitor', cutShort);
    logFile.close();
    lock.release();
  }
}

/** Further signals change nothing: a terminal and npm both send the same one. */
function listenForStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, resolve);
  });
}

/** A stop waits for the opening to end in order; one that hangs is given up after the deadline. */
async function stoppedWhileOpening(stopAsked: Promise<NodeJS.Signals>): Promise<never> {
  const signalName = await stopAsked;
  await systemClock.sleep(closeDeadlineMs);
  throw new Error(`It was still opening ${closeDeadlineMs} ms after ${signalName}.`);
}

async function closeInTime(served: Served, log: Log): Promise<number> {
  const abort = new AbortController();
  const late = systemClock.sleep(closeDeadlineMs, abort.signal).then(
    () => 'late',
    () => 'cancelled',
  );
  const outcome = await Promise.race([served.close(), late]);
  abort.abort();
  if (outcome !== 'late') return 0;
  log.error({ closeDeadlineMs }, 'closing took too long and was cut short');
  return 1;
}

function takenSentence(folder: string): string {
  const holder = findHolder(folder);
  const who = holder ? `process ${holder.processId}` : 'another process';
  return `${folder} is in use by ${who}; stop it (npm run stop) or set CUMULET_STATE.`;
}
