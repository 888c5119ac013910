import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grantAccess, revokeAccess } from '#compute/flavors/access.ts';
import { createFlavor } from '#compute/flavors/create.ts';
import { deleteFlavor } from '#compute/flavors/delete.ts';
import { removeExtraSpec, setExtraSpecs } from '#compute/flavors/extra-specs.ts';
import {
  type FlavorFilter,
  type FlavorSortKey,
  flavorSortColumns,
  listFlavors,
} from '#compute/flavors/list-store.ts';
import { seedFlavors } from '#compute/flavors/seed.ts';
import { findFlavor, listAccess, readFlavor } from '#compute/flavors/store.ts';
import { createKeypair } from '#compute/keypairs/create.ts';
import { findKeypair, insertKeypair, listKeypairs } from '#compute/keypairs/store.ts';
import { limitsOfProject } from '#compute/quotas/store.ts';
import { resetQuota, updateQuota } from '#compute/quotas/update.ts';
import { type Actor, actorWithRoles, systemActor } from '#policy/actor.ts';
import { allow } from '#policy/engine.ts';
import { eachDatabase } from '#test/databases.ts';
import { contextOf, quota } from './catalog-context.ts';

const everything: FlavorFilter = {
  isPublic: undefined,
  usableByProjectId: null,
  withDisabled: true,
};
const sizes = { vcpus: 1, memoryMib: 64, diskGib: 1 };
function memberOf(projectId: string): Actor {
  return { ...actorWithRoles(projectId, ['member']), userId: `user of ${projectId}` };
}

/** As the policy engine gives it to verbs. */
function allowed<T>(resource: T | undefined) {
  assert.ok(resource !== undefined);
  const given = allow(systemActor(null), resource, () => true);
  assert.ok(given !== undefined);
  return given;
}

const rsa =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDx8nkQv/zgGgB4rMYmIf+6A4l6Rr+o/6lHBQdW5aYd44bd8JttDCE/' +
  'F/pNRr0lRE+PiqSPO8nDPHw0010JeMH9gYgnnFlyY3/OcJ02RhIPyyxYpv9FhY+2YiUkpwFOcLImyrxEsYXpD/0d3ac30' +
  'bNH6Sw9JD9UZHYcpSxsIbECHw==';

eachDatabase('names of flavors', (under) => {
  test('names are matched by the wildcards that are meant', async () => {
    await using opened = await under.open();
    const context = contextOf(opened.database);
    for (const name of ['odd_one', 'oddXone', '50%']) {
      await createFlavor(context, { ...sizes, name });
    }
    const page = { sortKey: 'name', descending: false, limit: 10 } as const;
    const find = async (nameLike: string) => {
      const filter = { ...everything, nameLike };
      const found = await listFlavors(opened.database.queries, filter, page);
      return found.map(({ name }) => name);
    };
    assert.deepEqual(await find('odd\\_one'), ['odd_one']);
    assert.deepEqual((await find('odd%')).length, 2);
    assert.deepEqual(await find('%\\%'), ['50%']);
    assert.deepEqual(await find('%\\\\%'), []);
  });
});

eachDatabase('flavors', (under) => {
  test('flavors are seeded once, and a deleted one does not come back', async () => {
    await using opened = await under.open();
    const context = contextOf(opened.database);
    const db = opened.database.queries;
    await seedFlavors(context);
    const nano = await readFlavor(db, '42');
    assert.equal(nano?.memoryMib, 192);
    await deleteFlavor(context, allowed(nano));
    await seedFlavors(context);
    assert.equal(await readFlavor(db, '42'), undefined);
    assert.equal((await readFlavor(db, '5'))?.diskGib, 160);
  });

  test('pages cover every flavor once for each sort key and direction', async () => {
    await using opened = await under.open();
    const context = contextOf(opened.database);
    const db = opened.database.queries;
    await seedFlavors(context);
    await createFlavor(context, { ...sizes, name: 'a', description: 'first', rxtxFactor: 0.5 });
    await createFlavor(context, { ...sizes, name: 'b', description: '', isPublic: false });
    for (const sortKey of Object.keys(flavorSortColumns) as FlavorSortKey[]) {
      for (const descending of [false, true]) {
        const page = { sortKey, descending };
        const whole = await listFlavors(db, everything, { ...page, limit: 100 });
        assert.equal(whole.length, 8);
        const seen: string[] = [];
        let rows = await listFlavors(db, everything, { ...page, limit: 3 });
        while (rows.length > 0) {
          seen.push(...rows.map(({ id }) => id));
          const after = rows.at(-1);
          assert.ok(after);
          rows = await listFlavors(db, everything, { ...page, limit: 3, after });
        }
        assert.deepEqual(
          seen,
          whole.map(({ id }) => id),
          `${sortKey} ${descending}`,
        );
      }
    }
  });

  test('two flavors made at once under one name are one flavor', async () => {
    await using opened = await under.open();
    const context = contextOf(opened.database);
    const tries = await Promise.allSettled(
      [1, 2, 3].map(() => createFlavor(context, { ...sizes, name: 'same' })),
    );
    const refusals = tries.filter((tried) => tried.status === 'rejected');
    assert.equal(refusals.length, 2);
    for (const { reason } of refusals) assert.equal(reason.code, 'FlavorExists');
  });
});

eachDatabase('what flavors are given', (under) => {
  test('extra specs that are set at the same time are all kept', async () => {
    await using opened = await under.open();
    const context = contextOf(opened.database);
    const { id } = await createFlavor(context, { ...sizes, name: 'specs' });
    const flavor = allowed(await readFlavor(opened.database.queries, id));
    const keys = ['a', 'b', 'c', 'd'];
    await Promise.all(keys.map((key) => setExtraSpecs(context, flavor, { [key]: key })));
    const all = { a: 'a', b: 'b', c: 'c', d: 'd' };
    assert.deepEqual((await readFlavor(opened.database.queries, id))?.extraSpecs, all);
    await removeExtraSpec(context, flavor, 'a');
    await assert.rejects(removeExtraSpec(context, flavor, 'a'), {
      code: 'FlavorExtraSpecsNotFound',
    });
  });

  test('a private flavor is found by whom it was given, until it is deleted', async () => {
    await using opened = await under.open();
    const context = contextOf(opened.database);
    const db = opened.database.queries;
    await createFlavor(context, { ...sizes, id: 'p', name: 'private', isPublic: false });
    const flavor = allowed(await readFlavor(db, 'p'));
    assert.equal(await findFlavor(db, 'p', memberOf('one')), undefined);
    await grantAccess(context, flavor, 'one');
    assert.equal((await findFlavor(db, 'p', memberOf('one')))?.name, 'private');
    assert.equal(await findFlavor(db, 'p', memberOf('two')), undefined);
    assert.deepEqual(await revokeAccess(context, flavor, 'one'), []);
    await grantAccess(context, flavor, 'two');
    await deleteFlavor(context, flavor);
    assert.deepEqual(await listAccess(db, 'p'), []);
  });
});

eachDatabase('key pairs and quotas', (under) => {
  test('key pairs made at once get numbers of their own and keep to the quota', async () => {
    await using opened = await under.open();
    const context = contextOf(opened.database);
    const make = (name: string) =>
      createKeypair(context, { userId: 'u', name, type: 'ssh', publicKey: rsa }, 3);
    const tries = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map(make));
    assert.equal(tries.filter((tried) => tried.status === 'fulfilled').length, 3);
    const kept = await listKeypairs(opened.database.queries, 'u', { limit: 10 });
    assert.deepEqual(kept.map(({ number }) => number).sort(), [1, 2, 3]);
  });

  test('key pairs are listed by name after the last one seen', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    const shared = { type: 'ssh', publicKey: rsa, fingerprint: '', createdMs: 1 } as const;
    for (const name of ['c', 'a', 'b']) await insertKeypair(db, { ...shared, userId: 'u', name });
    await insertKeypair(db, { ...shared, userId: 'v', name: 'd' });
    const rows = await listKeypairs(db, 'u', { limit: 5, afterName: 'a' });
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['b', 'c'],
    );
    assert.equal(await findKeypair(db, 'u', 'd'), undefined);
  });

  test("a project's quota is the default but for what was changed", async () => {
    await using opened = await under.open();
    const context = contextOf(opened.database);
    const owner = allowed({ projectId: 'p' });
    await updateQuota(context, owner, { cores: 4, ram: -1 }, false);
    await updateQuota(context, owner, { cores: 5 }, false);
    const db = opened.database.queries;
    const changed = { ...quota, cores: 5, memoryMib: -1 };
    assert.deepEqual(await limitsOfProject(db, 'p', quota), changed);
    assert.deepEqual(await limitsOfProject(db, 'other', quota), quota);
    await resetQuota(context, owner);
    assert.deepEqual(await limitsOfProject(db, 'p', quota), quota);
  });
});
