import { startCloud } from '../cloud/process.ts';
import { temporaryState } from '../cloud/state.ts';
import type { Figure, Part } from '../figure.ts';
import { median } from '../samples.ts';

const secondStarts = 5;

export const start: Part = {
  name: 'start',
  describe: 'from the start of the process to ready, on a new state and on one that is there',
  run: async (say) => {
    using state = temporaryState();
    say('first start');
    const first = await timeStart(state);
    const own: number[] = [];
    const wall: number[] = [];
    for (let count = 1; count <= secondStarts; count += 1) {
      say(`start ${count} of ${secondStarts} on the same state`);
      const again = await timeStart(state);
      own.push(again.readyMs);
      wall.push(again.wallMs);
    }
    const note = `median of ${secondStarts}`;
    return [
      ms('first start, by its own clock', first.readyMs, 'nothing compiled yet'),
      ms('first start, seen from outside', first.wallMs),
      { ...ms('second start, by its own clock', median(own), note), target: { below: 1000 } },
      ms('second start, seen from outside', median(wall), note),
    ];
  },
};

async function timeStart(state: Parameters<typeof startCloud>[0]) {
  await using cloud = await startCloud(state);
  return { readyMs: cloud.readyMs, wallMs: cloud.wallMs };
}

function ms(name: string, value: number, note?: string): Figure {
  return { name, value, unit: 'ms', ...(note !== undefined && { note }) };
}
