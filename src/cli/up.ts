import { join } from 'node:path';
import { systemClock } from '#base/clock.ts';
import { randomIds } from '#base/ids.ts';
import { type Log, openLog } from '#base/log.ts';
import { type Cloud, openCloud } from '#cloud';
import type { CommandCall } from './commands.ts';
import { openLogFile } from './log-file.ts';
import { findHolder, lockState } from './state-lock.ts';

/** A close that hangs is cut here: the database is durable and guests do not need us. */
const closeDeadlineMs = 20_000;

/** Serves until the process is told to stop. */
export async function up({ config }: CommandCall): Promise<number> {
  const stopAsked = listenForStop();
  const lock = lockState(config.stateDirectory);
  if (!lock) throw new Error(takenSentence(config.stateDirectory));
  const logFile = openLogFile(config.stateDirectory);
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
    const opening = openCloud({ config, log, clock: systemClock, ids: randomIds, say });
    const cloud = await Promise.race([opening, stoppedWhileOpening(stopAsked)]);
    say(`cumulet ready ${cloud.url} in ${Math.round(process.uptime() * 1000)} ms`);
    for (const line of firstServerLines(config.stateDirectory)) console.log(line);
    const signalName = await stopAsked;
    say(`cumulet stops (${signalName}); running servers stay`);
    return await closeInTime(cloud, log);
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
  throw new Error(`The cloud was still opening ${closeDeadlineMs} ms after ${signalName}.`);
}

async function closeInTime(cloud: Cloud, log: Log): Promise<number> {
  const abort = new AbortController();
  const late = systemClock.sleep(closeDeadlineMs, abort.signal).then(
    () => 'late',
    () => 'cancelled',
  );
  const outcome = await Promise.race([cloud.close(), late]);
  abort.abort();
  if (outcome !== 'late') return 0;
  log.error({ closeDeadlineMs }, 'closing took too long and was cut short');
  return 1;
}

function firstServerLines(stateDirectory: string): string[] {
  return [
    `export OS_CLIENT_CONFIG_FILE=${shellWord(join(stateDirectory, 'clouds.yaml'))}`,
    'export OS_CLOUD=cumulet',
    'openstack server create --image tiny --flavor m1.nano --network private --wait first',
  ];
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function takenSentence(stateDirectory: string): string {
  const holder = findHolder(stateDirectory);
  const who = holder ? `process ${holder.processId}` : 'another process';
  return `${stateDirectory} is in use by ${who}; stop it (npm run stop) or set CUMULET_STATE.`;
}
