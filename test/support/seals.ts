import { randomIds } from '#base/ids.ts';
import { makeKey } from '#base/sealing/key-file.ts';
import { openSeals, type Seals } from '#base/sealing/seals.ts';

/** Seals of a key that only this test has. */
export function testSeals(): Seals {
  return openSeals([makeKey(randomIds)], randomIds);
}
