import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import type { Database } from '#db/database.ts';
import { listAssignmentRows } from '#identity/assignments/store.ts';
import { createDomain } from '#identity/domains/create.ts';
import { deleteDomain } from '#identity/domains/delete.ts';
import { updateDomain } from '#identity/domains/update.ts';
import { createProject } from '#identity/projects/create.ts';
import type { Project } from '#identity/projects/project.ts';
import { findProject, listProjectRows, replaceProject } from '#identity/projects/store.ts';
import { idsBelow } from '#identity/projects/tree.ts';
import { createRole } from '#identity/roles/create.ts';
import { findRoleByName, listInferences, listRoleRows } from '#identity/roles/store.ts';
import { createIdentity, type IdentityService } from '#identity/service.ts';
import { logIn } from '#identity/tokens/log-in.ts';
import {
  deleteExpiredTokens,
  deleteTokensOfDomain,
  findStoredToken,
  insertToken,
} from '#identity/tokens/store.ts';
import { hashToken } from '#identity/tokens/token.ts';
import { createUser } from '#identity/users/create.ts';
import { findUserByName, listUserRows, replaceUser } from '#identity/users/store.ts';
import type { Allowed } from '#policy/engine.ts';
import { systemPolicies } from '#policy/system-policies.ts';
import { type DatabaseUnderTest, eachDatabase } from '#test/databases.ts';
import { testSeals } from '#test/seals.ts';

const passwords = { admin: 'a', demo: 'd' };
const wholePage = { limit: 1000, marker: undefined };
const content = { description: '', isEnabled: true, tags: [], options: {}, extra: {} };
const plainUser = { password: null, isEnabled: true, defaultProjectId: null };

function identityOn(database: Database): IdentityService {
  return createIdentity({
    database,
    clock: new VirtualClock(),
    ids: randomIds,
    log: silentLog,
    seals: testSeals(),
    catalog: () => [],
    passwordCost: { N: 16, r: 1, p: 1 },
  });
}

function userNamed(identity: IdentityService, name: string, domainId = 'default') {
  return createUser(identity.context, { ...plainUser, name, domainId, options: {}, extra: {} });
}

function projectNamed(identity: IdentityService, name: string, parentId: string | null = null) {
  const rest = { domainId: undefined, homeDomainId: 'default', boundDomainId: null };
  return createProject(identity.context, { ...content, ...rest, name, parentId });
}

/** Stands in for policy, which these tests are not about. */
function allowed<T>(value: T): Allowed<T> {
  return value as Allowed<T>;
}

eachDatabase('identity stores', (under) => {
  rowTests(under);
  listTests(under);
  tokenTests(under);
  domainTests(under);
});

function rowTests(under: DatabaseUnderTest): void {
  test('seeding twice is seeding once', async () => {
    await using opened = await under.open();
    const { database } = opened;
    const first = await identityOn(database).seed(passwords);
    const second = await identityOn(database).seed({ admin: 'other', demo: 'other' });
    assert.deepEqual(second, first);
    const { queries } = database;
    const users = await listUserRows(queries, {}, wholePage);
    assert.deepEqual(
      users.items.map((user) => user.name),
      ['admin', 'demo'],
    );
    assert.equal((await listInferences(queries)).length, 3);
    assert.equal((await listAssignmentRows(queries, {})).length, 5);
  });

  test('what is stored comes back as it was', async () => {
    await using opened = await under.open();
    const identity = identityOn(opened.database);
    await identity.seed(passwords);
    const { queries } = opened.database;
    const project = await projectNamed(identity, 'päckchen ✓');
    const changed: Project = {
      ...project,
      description: 'new',
      isEnabled: false,
      tags: ['a'],
      options: { immutable: true },
      extra: { deep: { nul: '\u0000', list: [1, null] } },
    };
    await replaceProject(queries, changed);
    assert.deepEqual(await findProject(queries, project.id), changed);
    const user = await userNamed(identity, 'ann');
    const other = { ...user, isEnabled: false, passwordHash: 'h', passwordChangedMs: 2 ** 41 };
    await replaceUser(queries, other);
    assert.deepEqual(await findUserByName(queries, 'default', 'ann'), other);
  });

  test('two that ask for one name at the same time get it once', async () => {
    await using opened = await under.open();
    const identity = identityOn(opened.database);
    await identity.seed(passwords);
    const role = { name: 'twin', domainId: null, description: null, options: {}, extra: {} };
    const attempts: (() => Promise<unknown>)[] = [
      () => createDomain(identity.context, { ...content, name: 'twin' }),
      () => projectNamed(identity, 'twin'),
      () => userNamed(identity, 'twin'),
      () => createRole(identity.context, role),
    ];
    for (const attempt of attempts) {
      const results = await Promise.allSettled([attempt(), attempt()]);
      const refusals = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      assert.equal(refusals.length, 1);
      assert.equal(refusals[0].code, 'Conflict', String(refusals[0]));
    }
  });
}

function listTests(under: DatabaseUnderTest): void {
  test('pages follow each other without gap or repetition', async () => {
    await using opened = await under.open();
    const identity = identityOn(opened.database);
    await identity.seed(passwords);
    const names = ['e', 'B', 'ä', 'c', 'a', 'D'];
    for (const name of names) await userNamed(identity, name);
    const { queries } = opened.database;
    const seen: string[] = [];
    let marker: string | undefined;
    for (;;) {
      const page = await listUserRows(queries, {}, { limit: 3, marker });
      seen.push(...page.items.map((user) => user.name));
      marker = page.items.at(-1)?.id;
      if (!page.isTruncated) break;
    }
    assert.equal(seen.length, names.length + 2);
    assert.deepEqual([...seen].sort(), [...names, 'admin', 'demo'].sort());
  });

  test('the tree below a project and a domain is found at any depth', async () => {
    await using opened = await under.open();
    const identity = identityOn(opened.database);
    await identity.seed(passwords);
    const { queries } = opened.database;
    const top = await projectNamed(identity, 'top');
    const middle = await projectNamed(identity, 'middle', top.id);
    const leaf = await projectNamed(identity, 'leaf', middle.id);
    assert.deepEqual(new Set(await idsBelow(queries, top.id)), new Set([middle.id, leaf.id]));
    assert.equal((await idsBelow(queries, 'default')).length, 5);
    assert.deepEqual(await idsBelow(queries, 'unknown'), []);
  });

  test('filters of lists combine', async () => {
    await using opened = await under.open();
    const identity = identityOn(opened.database);
    const { adminProjectId } = await identity.seed(passwords);
    const { queries } = opened.database;
    const filters = { isDomain: false, domainId: 'default', isEnabled: true };
    const some = await listProjectRows(
      queries,
      { ...filters, ids: [adminProjectId], parentId: 'default' },
      wholePage,
    );
    assert.deepEqual(
      some.items.map((project) => project.name),
      ['admin'],
    );
    const none = await listProjectRows(queries, { ...filters, ids: [] }, wholePage);
    assert.deepEqual(none.items, []);
    const global = await listRoleRows(queries, { domainId: null }, wholePage);
    assert.equal(global.items.length, systemPolicies.length);
    assert.equal(await findRoleByName(queries, 'default', 'admin'), undefined);
  });
}

function tokenTests(under: DatabaseUnderTest): void {
  test('a token is found by its hash until it is purged or its domain ends it', async () => {
    await using opened = await under.open();
    const identity = identityOn(opened.database);
    await identity.seed(passwords);
    const { queries } = opened.database;
    const user = await findUserByName(queries, 'default', 'demo');
    const token = (hash: string, expiresMs: number) => ({
      hash,
      userId: user?.id ?? '',
      projectId: null,
      domainId: null,
      isSystem: true,
      methods: ['password'],
      auditIds: ['a', 'b'],
      issuedMs: 1,
      expiresMs,
      applicationCredentialId: null,
      trustId: null,
      ec2CredentialId: null,
    });
    await insertToken(queries, token('early', 10));
    await insertToken(queries, token('late', 2 ** 42));
    assert.deepEqual(await findStoredToken(queries, 'late'), token('late', 2 ** 42));
    assert.equal(await deleteExpiredTokens(queries, 10), 1);
    assert.equal(await findStoredToken(queries, 'early'), undefined);
    await deleteTokensOfDomain(queries, 'default');
    assert.equal(await findStoredToken(queries, 'late'), undefined);
  });

  test('a log-in is durable and its token known to the hash only', async () => {
    await using opened = await under.open();
    const identity = identityOn(opened.database);
    const { demoProjectId } = await identity.seed(passwords);
    const outcome = await logIn(identity.context, {
      password: { user: { name: 'demo', domain: { id: 'default' } }, password: 'd' },
      address: null,
      scope: { kind: 'default' },
    });
    assert.ok('secret' in outcome);
    const { secret } = outcome;
    const another = identityOn(opened.database);
    const actor = await another.authenticate(secret);
    assert.equal(actor?.projectId, demoProjectId);
    assert.deepEqual(actor?.roles, ['member', 'reader']);
    assert.notEqual(await findStoredToken(opened.database.queries, hashToken(secret)), undefined);
    assert.equal(await findStoredToken(opened.database.queries, secret), undefined);
  });
}

function domainTests(under: DatabaseUnderTest): void {
  test('a whole domain is deleted in one transaction, whatever its tree', async () => {
    await using opened = await under.open();
    const identity = identityOn(opened.database);
    await identity.seed(passwords);
    const { context } = identity;
    const { queries } = opened.database;
    const lab = await createDomain(context, { ...content, name: 'lab' });
    const top = await createProject(context, {
      ...content,
      name: 'top',
      parentId: lab.id,
      domainId: undefined,
      homeDomainId: 'default',
      boundDomainId: null,
    });
    await projectNamed(identity, 'below', top.id);
    await userNamed(identity, 'lea', lab.id);
    const off = { isEnabled: false, options: {}, extra: {} };
    const disabled = await updateDomain(context, allowed(lab), off);
    await deleteDomain(context, allowed(disabled));
    assert.equal(await findProject(queries, lab.id), undefined);
    assert.equal(await findProject(queries, top.id), undefined);
    assert.equal(await findUserByName(queries, lab.id, 'lea'), undefined);
  });
}
