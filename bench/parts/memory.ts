import { setTimeout as sleep } from 'node:timers/promises';
import { startCloud } from '../cloud/process.ts';
import { temporaryState } from '../cloud/state.ts';
import { prepareWorkload } from '../cloud/workload.ts';
import type { Part } from '../figure.ts';

const servers = 1000;
/** What a start leaves to be done is done by then. */
const restMs = 3000;

export const memory: Part = {
  name: 'memory',
  describe: 'resident memory of the process, idle and with 1,000 simulated servers',
  run: async (say) => {
    using state = temporaryState();
    {
      say('a first start, so that the next is an ordinary one');
      await using _first = await startCloud(state);
    }
    await using cloud = await startCloud(state);
    await sleep(restMs);
    const idleMb = cloud.residentMb();
    say(`making ${servers} servers`);
    using workload = await prepareWorkload(cloud);
    await workload.fill(servers);
    await sleep(restMs);
    const filledMb = cloud.residentMb();
    await cloud.close();
    await using restarted = await startCloud(state);
    await sleep(restMs);
    return [
      { name: 'memory, idle', value: idleMb, unit: 'MB', target: { below: 140 } },
      { name: `memory, after making ${servers} servers`, value: filledMb, unit: 'MB' },
      {
        name: `memory, started with ${servers} servers`,
        value: restarted.residentMb(),
        unit: 'MB',
      },
    ];
  },
};
