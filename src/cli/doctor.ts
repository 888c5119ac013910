import { existsSync } from 'node:fs';
import { systemClock } from '#base/clock.ts';
import { databaseLocation } from '#base/config.ts';
import { randomIds } from '#base/ids.ts';
import { openLog } from '#base/log.ts';
import { findDifferences, openIdleCloud } from '#cloud';
import type { CommandCall } from './commands.ts';
import { askIn } from './control-socket.ts';
import { examine } from './examine.ts';
import { openLogFile } from './log-file.ts';
import { findHolder, lockState } from './state-lock.ts';

/**
 * Says what the hosts have that is of no server, and what servers lack there; with `--fix` removes
 * the former. What is missing is left to the next start: what is gone it cannot bring back either.
 * A process that serves is asked to look itself, as it knows what it is working on.
 * @returns 0 when nothing differs, or nothing any more
 */
export async function doctor({ config, switches }: CommandCall): Promise<number> {
  const { stateDirectory } = config;
  const location = databaseLocation(config);
  if (config.database === 'sqlite' && !existsSync(location)) {
    throw new Error(`There is no database ${location}.`);
  }
  const say = (line: string) => console.log(line);
  const lock = lockState(stateDirectory);
  if (!lock) {
    const code = await askIn(stateDirectory, 'doctor', switches, say);
    if (code === undefined) throw new Error(silentSentence(stateDirectory));
    return code;
  }
  const logFile = openLogFile(stateDirectory);
  try {
    const log = openLog(config.logLevel, logFile);
    const note = (line: string) => log.info({}, line);
    const options = { config, log, clock: systemClock, ids: randomIds, say: note };
    const idle = await openIdleCloud(options);
    try {
      const { services } = idle;
      const look = () => findDifferences(services, config, findHolder);
      const fixes = switches.has('fix');
      return await examine({ services, look, fixes, isServing: false }, say);
    } finally {
      await idle.close();
    }
  } finally {
    logFile.close();
    lock.release();
  }
}

function silentSentence(stateDirectory: string): string {
  const holder = findHolder(stateDirectory);
  const who = holder ? `process ${holder.processId}` : 'another process';
  return `${stateDirectory} is in use by ${who}, which does not answer; stop it (npm run stop).`;
}
