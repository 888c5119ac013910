import { join } from 'node:path';
import { systemClock } from '#base/clock.ts';
import { randomIds } from '#base/ids.ts';
import type { CommandCall } from './commands.ts';
import { examine } from './examine.ts';
import { apart } from './roles.ts';
import { type Open, serve } from './serve.ts';
import { findHolder } from './state-lock.ts';

/** The whole cloud: what decides, and the agents of its hosts. */
export async function up({ config }: CommandCall): Promise<number> {
  return serve(config, config.stateDirectory, cloudOf({ config }));
}

/** The APIs and what decides, without a host: those it knows are down until it hears of them. */
export async function api({ config }: CommandCall): Promise<number> {
  return serve(config, config.stateDirectory, cloudOf({ config, role: 'api' }));
}

function cloudOf({ config, role }: Pick<CommandCall, 'config'> & { role?: 'api' }): Open {
  return async ({ log, say }) => {
    // Only here is a whole cloud read; a refusal is told before that would be.
    const { findDifferences, hostLines, openCloud } = await import('#cloud');
    if (role === 'api') say(`api: ${apart}`);
    const options = { config, log, clock: systemClock, ids: randomIds, say };
    const cloud = await openCloud({ ...options, ...(role && { role }) });
    return {
      ready: `cumulet ready ${cloud.url}`,
      hints: role === 'api' ? [] : firstServerLines(config.stateDirectory),
      asks: {
        status: async (_switches, tell) => {
          tell(`${role ?? 'up'}: serves ${cloud.url}`);
          for (const line of await hostLines(cloud.services)) tell(line);
          return 0;
        },
        doctor: (switches, tell) => {
          const { services } = cloud;
          const look = () => findDifferences(services, config, findHolder);
          return examine({ services, look, fixes: switches.has('fix'), isServing: true }, tell);
        },
      },
      close: () => cloud.close(),
    };
  };
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
