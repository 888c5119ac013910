import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#base/limits.ts';
import { logIn } from '#identity/tokens/log-in.ts';
import { startIdentity } from '../api/identity/identity-cloud.ts';

test('100,000 failed logins leave storage and memory flat', async () => {
  await using cloud = await startIdentity();
  const { context } = cloud.identity;
  const rows = async () => {
    const tables = await context.database.queries.introspection.getTables();
    const counts = await Promise.all(
      tables.map(async ({ name }) => {
        const table = context.database.queries.selectFrom(name as 'users');
        const counted = await table
          .select((select) => select.fn.countAll<number>().as('rows'))
          .executeTakeFirstOrThrow();
        return Number(counted.rows);
      }),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  };
  const before = await rows();
  const outcomes = new Map<number, number>();
  for (let round = 0; round < 5_000; round += 1) {
    const attempts = Array.from({ length: 20 }, async (_, index) => {
      const number = round * 20 + index;
      // Every other one is for a user whom there is; the rest never say a name twice.
      const name = number % 2 === 0 ? 'demo' : `guess ${number}`;
      const request = {
        password: { user: { name, domain: { id: 'default' } }, password: 'wrong' },
        address: `10.0.0.${number % 53}`,
        scope: { kind: 'none' as const },
      };
      const { status } = await logIn(context, request).catch((error) => error);
      outcomes.set(status, (outcomes.get(status) ?? 0) + 1);
    });
    await Promise.all(attempts);
    if (round % 50 === 0) await cloud.clock.advance(1_000);
  }
  assert.deepEqual([...outcomes.keys()].sort(), [401, 429].slice(0, outcomes.size));
  assert.equal(
    [...outcomes.values()].reduce((sum, count) => sum + count, 0),
    100_000,
  );
  assert.ok((outcomes.get(401) ?? 0) > 5_000);
  // One row of the user, and those that all unknown names share.
  assert.ok((await rows()) - before <= 1 + limits.unknownLoginRows);
  assert.ok(context.throttle.size <= limits.watchedLogins);
});
