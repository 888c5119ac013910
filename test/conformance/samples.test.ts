import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { knownDifferences } from './known-differences.ts';
import { allPlays } from './plays/all.ts';
import { endpointOf, replay, type Scene, scenesOf } from './replay.ts';
import { readSamples, type Sample } from './samples.ts';
import { openStage } from './stage.ts';
import { versionedSurface } from './surface.ts';
import { isMeant, unplayed } from './unplayed.ts';

const samples = readSamples();
const playable = samples.filter((sample) => !unplayed.some((entry) => isMeant(entry, sample)));
const plays = allPlays();
const { surface } = versionedSurface();

const nameOf = ({ resource, version, name }: Sample) => `${resource} ${version} ${name}`;

describe("Nova's samples", () => {
  test('each is played, or stands in the list of those that are not', () => {
    const scenes = plays.flatMap((play) => scenesOf(play, playable));
    const played = new Set(scenes.flatMap(({ request, answer }) => [request, answer]));
    const wrong = samples.filter((sample) => {
      return played.has(sample) === unplayed.some((entry) => isMeant(entry, sample));
    });
    assert.deepEqual(wrong.map(nameOf), [], 'in both or in neither');
    const idle = unplayed.filter((entry) => !samples.some((sample) => isMeant(entry, sample)));
    assert.deepEqual(idle, [], 'entries that speak of no sample');
  });

  test('of what is not played nothing is served, or only to say that it is gone', () => {
    const served = unplayed
      .filter(({ call }) => call && surfaceHas(call))
      .map(({ resource, call }) => `${resource}: ${call} is served, so play it`);
    assert.deepEqual(served, []);
    const notGone = unplayed
      .filter(({ gone }) => gone && endpointOf(surface.endpoints, gone, '2.1')?.status !== 410)
      .map(({ resource, gone }) => `${resource}: ${gone} does not answer 410`);
    assert.deepEqual(notGone, []);
  });

  for (const [resource, group] of Map.groupBy(plays, (play) => play.resource)) {
    test(`${resource}: requests are taken and answers have just these members`, async () => {
      await using stage = await openStage();
      const found: string[] = [];
      for (const scene of group.flatMap((play) => scenesOf(play, playable))) {
        const wrong = await replay(scene, stage).catch((error: Error) => [error.message]);
        found.push(...wrong.map((line) => `${titleOf(scene)}: ${line}`));
      }
      const known = knownDifferences.filter((entry) => entry.where.startsWith(`${resource} `));
      const unknown = found.filter((line) => !known.some(({ where }) => line.startsWith(where)));
      assert.deepEqual(unknown, []);
      const mended = known.filter(({ where }) => !found.some((line) => line.startsWith(where)));
      assert.deepEqual(mended, [], 'differences that are no more');
    });
  }
});

function surfaceHas(call: string): boolean {
  const minors = Array.from({ length: 104 }, (_, index) => `2.${index + 1}`);
  return minors.some((version) => endpointOf(surface.endpoints, call, version));
}

function titleOf({ play, version, request, answer }: Scene): string {
  return `${play.resource} ${version} ${(answer ?? request)?.name}`;
}
