import { systemClock } from '#base/clock.ts';
import { randomIds } from '#base/ids.ts';
import { servedHost } from '#base/served-host.ts';
import type { CommandCall } from './commands.ts';
import { serve } from './serve.ts';

/** What processes of one role lack, for the operator. */
export const apart =
  'no message passes between processes yet, so that APIs and agents do not reach each other; ' +
  'the command up is both at once';

/** The hands of one host, without the APIs: adopts its guests and lets them run. */
export async function agent({ config }: CommandCall): Promise<number> {
  const host = servedHost(config);
  return serve(config, host.folder, async ({ log, say }) => {
    // Only here is a whole cloud read; a refusal is told before that would be.
    const { openHostProcess } = await import('#cloud');
    say(`agent: ${apart}`);
    const options = { config, log, clock: systemClock, ids: randomIds, say };
    const served = await openHostProcess(options, host);
    const [, guests] = await served.healthLines();
    say(guests ?? '');
    return {
      ready: `cumulet agent ready for host ${host.name}`,
      asks: {
        status: async (_switches, tell) => {
          for (const line of await served.healthLines()) tell(line);
          return 0;
        },
        doctor: async (_switches, tell) => {
          tell('an agent alone has no database to compare its host with: stop it first');
          return 1;
        },
      },
      close: () => served.close(),
    };
  });
}
