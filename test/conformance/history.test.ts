import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatMicroversion } from '#base/microversion.ts';
import { historyOf, microversionHistory } from '#compute/api/versions/history.ts';
import { computeVersions } from '#compute/api/versions/range.ts';
import { changesOf, declaredEndpoints, declaredName } from '#endpoints/documents/changes.ts';
import { versionedSurface } from './surface.ts';

describe('the history of microversions', () => {
  test('has one row for each version, oldest first, none left out', () => {
    const { minimum, maximum } = computeVersions;
    const minors = Array.from(
      { length: maximum.minor - minimum.minor + 1 },
      (_, index) => `${minimum.major}.${minimum.minor + index}`,
    );
    assert.deepEqual(
      microversionHistory.map(({ version }) => version),
      minors,
    );
    for (const { change } of microversionHistory) assert.match(change, /^.{10,}[.]$/s);
  });

  test('tells every change that a declaration makes, for the endpoint that makes it', () => {
    const { surface, versioning } = versionedSurface();
    const history = historyOf(microversionHistory);
    const untold = declaredEndpoints(surface).flatMap((declared) =>
      changesOf(declared, versioning)
        .map(({ version, says }) => ({ version: formatMicroversion(version), says }))
        .filter(({ version }) => !history.isTouched(version, declared))
        .map(({ version, says }) => `${version} ${declaredName(declared)}: ${says.join('; ')}`),
    );
    assert.deepEqual(untold, []);
  });
});
