import { existsSync } from 'node:fs';
import { systemClock } from '#base/clock.ts';
import type { Config } from '#base/config.ts';
import { randomIds } from '#base/ids.ts';
import { openLog } from '#base/log.ts';
import type { CommandCall } from './commands.ts';
import { openLogFile } from './log-file.ts';
import { findHolder, lockState, type StateLock } from './state-lock.ts';

/** Longer than the serving process takes for its own close. */
const stopDeadlineMs = 30_000;
const pollMs = 25;

/** Ends the serving process of the state directory and, when asked, all its servers. */
export async function stop({ config, switches }: CommandCall): Promise<number> {
  const { stateDirectory } = config;
  if (!existsSync(stateDirectory)) {
    console.log(`nothing to stop: there is no ${stateDirectory}`);
    return 0;
  }
  const lock = lockState(stateDirectory) ?? (await endHolder(stateDirectory));
  try {
    if (switches.has('servers')) await endServers(config);
    else console.log('cumulet is stopped; running servers stay (--servers ends them too)');
    return 0;
  } finally {
    lock.release();
  }
}

/** Sends TERM to the process that holds the directory and takes the lock when it is gone. */
async function endHolder(stateDirectory: string): Promise<StateLock> {
  const holder = findHolder(stateDirectory);
  if (!holder) {
    throw new Error(`${stateDirectory} is in use by a process that its pid file does not name.`);
  }
  process.kill(holder.processId, 'SIGTERM');
  for (let waitedMs = 0; waitedMs < stopDeadlineMs; waitedMs += pollMs) {
    const lock = lockState(stateDirectory);
    if (lock) return lock;
    await systemClock.sleep(pollMs);
  }
  throw new Error(`Process ${holder.processId} is still running after ${stopDeadlineMs} ms.`);
}

/** Opens the cloud on a port nobody knows, only to let it end what it finds. */
async function endServers(config: Config): Promise<void> {
  // Only here is a whole cloud read; a plain stop is done before that would be.
  const { openCloud } = await import('#cloud');
  const logFile = openLogFile(config.stateDirectory);
  try {
    const log = openLog(config.logLevel, logFile);
    const unknownPort = { ...config, listen: { host: '127.0.0.1', port: 0 } };
    const say = (line: string) => log.info({}, line);
    const cloud = await openCloud({
      config: unknownPort,
      log,
      clock: systemClock,
      ids: randomIds,
      say,
    });
    try {
      await cloud.stopServers();
    } finally {
      await cloud.close();
    }
  } finally {
    logFile.close();
  }
  console.log('cumulet is stopped, and its servers and networks with it');
}
