import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import type { Database } from '#db/database.ts';
import { createApplicationCredential } from '#identity/application-credentials/create.ts';
import { findCredential, listCredentialIds } from '#identity/application-credentials/store.ts';
import { createIdentity, type IdentityService } from '#identity/service.ts';
import { logIn } from '#identity/tokens/log-in.ts';
import { createTrust } from '#identity/trusts/create.ts';
import { findTrust } from '#identity/trusts/store.ts';
import { findUserByName } from '#identity/users/store.ts';
import type { User } from '#identity/users/user.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import { eachDatabase } from '#test/databases.ts';
import { testSeals } from '#test/seals.ts';

const passwords = { admin: 'a', demo: 'd' };
const rule = { service: 'compute', method: 'GET', path: '/v2.1/servers' };
const wanted = {
  description: null,
  secret: null,
  isUnrestricted: true,
  expiresMs: null,
  roles: undefined,
};

async function demoOn(database: Database) {
  const identity = createIdentity({
    database,
    clock: new VirtualClock(),
    ids: randomIds,
    log: silentLog,
    catalog: () => [],
    seals: testSeals(),
    passwordCost: { N: 16, r: 1, p: 1 },
  });
  await identity.seed(passwords);
  const user = await findUserByName(database.queries, 'default', 'demo');
  const login = { user: { id: user?.id ?? '' }, password: passwords.demo };
  const outcome = await logIn(identity.context, {
    password: login,
    address: null,
    scope: { kind: 'default' },
  });
  if (!('secret' in outcome)) throw new Error('demo is asked for more');
  const actor = await identity.authenticate(outcome.secret);
  if (!user || !actor) throw new Error('demo is not there');
  return { identity, actor, user: user as Allowed<User> };
}

function create(
  { identity, actor, user }: { identity: IdentityService; actor: Actor; user: Allowed<User> },
  name: string,
) {
  return createApplicationCredential(identity.context, actor, user, {
    ...wanted,
    name,
    accessRules: [rule, rule],
  });
}

eachDatabase('delegations', (under) => {
  test('a credential is read as it was written, and found by user and by role', async () => {
    await using opened = await under.open();
    const demo = await demoOn(opened.database);
    const { credential } = await create(demo, 'robot');
    const { queries } = opened.database;
    assert.deepEqual(await findCredential(queries, credential.id), credential);
    assert.equal(credential.accessRules?.length, 1);
    const [role] = credential.roles;
    const roleIds = [role?.id ?? ''];
    assert.deepEqual(await listCredentialIds(queries, { roleIds }), [credential.id]);
    assert.deepEqual(await listCredentialIds(queries, { userIds: ['x'], roleIds }), []);
  });

  test('of two credentials of one name made at once, one is made', async () => {
    await using opened = await under.open();
    const demo = await demoOn(opened.database);
    const made = await Promise.allSettled([create(demo, 'twin'), create(demo, 'twin')]);
    const refused = made.filter((one) => one.status === 'rejected');
    assert.equal(refused.length, 1);
    assert.equal(refused.map(({ reason }) => reason.code).join(), 'Conflict');
  });

  test('uses of a trust are counted exactly, however many are asked for at once', async () => {
    await using opened = await under.open();
    const { identity, actor, user } = await demoOn(opened.database);
    const trust = await createTrust(identity.context, actor, {
      trustorUserId: user.id,
      trusteeUserId: user.id,
      projectId: actor.projectId,
      isImpersonating: false,
      roles: [{ name: 'member' }],
      expiresMs: null,
      remainingUses: 3,
      mayRedelegate: false,
      redelegationCount: null,
    });
    const { queries } = opened.database;
    assert.deepEqual(await findTrust(queries, trust.id), trust);
    const password = { user: { id: user.id }, password: passwords.demo };
    const scope = { kind: 'trust', id: trust.id } as const;
    const ask = () => logIn(identity.context, { password, address: null, scope });
    const asked = await Promise.allSettled(Array.from({ length: 8 }, ask));
    const given = asked.filter((one) => one.status === 'fulfilled');
    assert.equal(given.length, 3);
    assert.equal((await findTrust(queries, trust.id))?.remainingUses, 0);
  });
});
