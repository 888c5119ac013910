import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { explainedIdentityDifferences as explained } from './identity-differences.ts';
import { unservedCalls } from './identity-unserved.ts';
import { callName, memberNames, readPublishedIdentity } from './published-identity.ts';
import { surfaceNamed } from './surface.ts';

const published = readPublishedIdentity();
const { endpoints } = surfaceNamed('identity-v3');
const served = new Set(endpoints.map(callName));

const why = (call: string) =>
  unservedCalls.find(({ path, methods }) => {
    const [method, ofCall = ''] = call.split(' ');
    return path.test(ofCall) && (!methods || methods.includes(method ?? ''));
  });

test('every call of the published identity API is served, except where it is explained', () => {
  const missing = [...published.keys()].filter((call) => !served.has(call) && !why(call));
  assert.deepEqual(missing, []);
});

test('what is said not to be served is published, and not served', () => {
  const calls = [...published.keys()];
  const idle = unservedCalls.filter(
    (row) => !calls.some((call) => !served.has(call) && why(call) === row),
  );
  assert.deepEqual(idle, []);
  const mended = calls.filter((call) => served.has(call) && why(call));
  assert.deepEqual(mended, []);
});

describe('declarations and the published OpenAPI document of Keystone', () => {
  const found = endpoints.flatMap(differencesOf);

  test('agree on status, query and body of every call, except where it is explained', () => {
    const unknown = found.filter((line) => !explained.some(({ is }) => is.test(line)));
    assert.deepEqual(unknown, []);
  });

  test('differ still in all that is explained', () => {
    const mended = explained.filter(({ is }) => !found.some((line) => is.test(line)));
    assert.deepEqual(mended, []);
  });
});

/** What the document has and we have not; what we take beside it does nobody harm. */
function differencesOf(endpoint: Endpoint<unknown>): string[] {
  const name = callName(endpoint);
  const told = published.get(name);
  if (!told) return [`${name}: not published`];
  if (endpoint.method === 'HEAD') return [];
  const query = memberNames(endpoint.query);
  const body = memberNames(endpoint.body);
  return [
    ...(told.statuses.includes(endpoint.status) ? [] : [`${name}: status ${endpoint.status}`]),
    ...told.query.filter((one) => !query.includes(one)).map((one) => `${name}: query lacks ${one}`),
    ...memberNames(told.body)
      .filter((one) => !body.includes(one))
      .map((one) => `${name}: body lacks ${one}`),
  ];
}
