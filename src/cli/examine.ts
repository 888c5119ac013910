import { systemClock } from '#base/clock.ts';
import type { Difference, Services } from '#cloud';

/** A host that cannot be made as it should be is told of as it is. */
const settleMs = 10_000;

export interface Examination {
  services: Pick<Services, 'networks'>;
  /** Everything in which machine and database differ now. */
  look(): Promise<Difference[]>;
  fixes: boolean;
  /** Others are at work meanwhile, so that much differs for a moment. */
  isServing: boolean;
}

/** Says what differs, and removes what is of nobody where it is to. @returns the exit code */
export async function examine(
  { services, look, fixes, isServing }: Examination,
  say: (line: string) => void,
): Promise<number> {
  let found = await look();
  if (isServing && found.some(({ isFine }) => !isFine)) {
    // What is only on its way differs no more, or differently, when that is done.
    await Promise.race([services.networks.converged(), systemClock.sleep(settleMs)]);
    const before = new Set(found.map(keyOf));
    found = (await look()).filter((one) => before.has(keyOf(one)));
  }
  let left = 0;
  for (const one of found) {
    const outcome = fixes && one.remove ? await removed(one.remove) : '';
    say(`${keyOf(one)}${outcome}`);
    if (!one.isFine && outcome !== isRemoved) left += 1;
  }
  say(left === 0 ? 'the hosts are as the database says' : `${left} differences are left`);
  return left === 0 ? 0 : 1;
}

const isRemoved = ', removed';

const keyOf = ({ place, what, id }: Difference) => `${place}: ${what} ${id}`.trimEnd();

async function removed(remove: () => Promise<void>): Promise<string> {
  try {
    await remove();
    return isRemoved;
  } catch (error) {
    return `, not removed: ${(error as Error).message}`;
  }
}
