import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { defaultSecurityRules, type SecurityRules } from '#base/config-security.ts';
import { openHttpListener } from '#base/http/listener.ts';
import { randomIds } from '#base/ids.ts';
import { limits } from '#base/limits.ts';
import { silentLog } from '#base/log.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import { type Database, openDatabase } from '#db/database.ts';
import { errorRenderer, routesOf } from '#endpoints/mount.ts';
import { identitySurfaces } from '#identity/api/surfaces.ts';
import { createIdentity, type IdentityService } from '#identity/service.ts';
import { hashToken } from '#identity/tokens/token.ts';
import { type Client, logIn } from '#test/client.ts';
import { eventually } from '#test/eventually.ts';
import { type PostgresServer, startPostgres } from '#test/postgres.ts';
import { testSeals } from '#test/seals.ts';
import { askSigned, newKey, temporaryKey } from '#test/signing.ts';
import { catalogOf } from '../../src/cloud/catalog.ts';

let server: PostgresServer | undefined;
before(async () => {
  server = await startPostgres();
});
after(() => server?.stop());

const seals = testSeals();

/** One of the processes that serve a cloud. */
interface Served {
  url: string;
  database: Database;
  identity: IdentityService;
  close(): Promise<void>;
}

async function serve(
  address: string,
  clock: VirtualClock,
  security: SecurityRules,
): Promise<Served> {
  const database = await openDatabase(address);
  let origin = '';
  const identity = createIdentity({
    database,
    clock,
    ids: randomIds,
    log: silentLog,
    seals,
    security,
    catalog: () => catalogOf(origin),
    passwordCost: { N: 16, r: 1, p: 1 },
  });
  await identity.seed({ admin: 'a', demo: 'd' });
  const surfaces = identitySurfaces(identity);
  const routes = routesOf({ surfaces, authenticate: identity.identify, origin: () => origin });
  const renderError = errorRenderer(surfaces);
  const listener = openHttpListener({ routes, renderError, ids: randomIds, log: silentLog });
  origin = `http://127.0.0.1:${await listener.listen('127.0.0.1', 0)}`;
  const close = async () => {
    await listener.close();
    await database.close();
  };
  await eventually('it hears the others', () => identity.context.peers.isCurrent());
  return { url: origin, database, identity, close };
}

/** Two that serve one database, and their administrator. */
async function two(rules: Partial<SecurityRules> = {}) {
  if (!server) throw new Error('PostgreSQL is not running');
  const address = await server.createDatabase();
  const clock = new VirtualClock();
  const security = { ...defaultSecurityRules, ...rules };
  const one = await serve(address, clock, security);
  const other = await serve(address, clock, security);
  const admin = await logIn(one.url, 'admin', 'a', 'admin');
  return {
    one,
    other,
    clock,
    admin,
    demo: () => logIn(one.url, 'demo', 'd', 'demo'),
    [Symbol.asyncDispose]: () => Promise.all([one.close(), other.close()]).then(() => undefined),
  };
}

async function isValidAt(served: Served, client: Client): Promise<boolean> {
  return (await client.at(served.url).get('/v3/auth/catalog')).status === 200;
}

/** Whether it has the token in memory, and would trust that. */
function isKept({ identity: { context } }: Served, { token = '' }: Client): boolean {
  return context.actors.find(hashToken(token), context.clock.nowMs()) !== undefined;
}

/** Lets time pass at some calls only, between which what was asked of PostgreSQL is answered. */
function slowly(clock: VirtualClock, ms: number): () => Promise<void> {
  let calls = 0;
  return async () => {
    if (calls % 100 === 0) await clock.advance(ms);
    calls += 1;
  };
}

test('what one process takes away is gone in the other, which had it in memory', async () => {
  await using cloud = await two();
  const { one, other, admin } = cloud;
  const setUser = (demo: Client, user: object) => admin.patch(`/v3/users/${demo.userId}`, { user });
  const endings: ((demo: Client) => Promise<unknown>)[] = [
    (demo) => demo.delete('/v3/auth/tokens', { 'x-subject-token': demo.token ?? '' }),
    (demo) => setUser(demo, { password: 'd' }),
    async (demo) => {
      const { body } = await admin.get('/v3/roles?name=member');
      const grant = `users/${demo.userId}/roles/${body.roles[0].id}`;
      return admin.delete(`/v3/projects/${demo.projectId}/${grant}`);
    },
  ];
  for (const end of endings) {
    const demo = await cloud.demo();
    assert.equal(await isValidAt(other, demo), true);
    assert.equal(isKept(other, demo), true);
    await end(demo);
    await eventually('the other process has heard', () => !isKept(other, demo));
    assert.equal(await isValidAt(other, demo), false);
    assert.equal(await isValidAt(one, demo), false);
  }
  assert.equal(await isValidAt(other, admin), true);
  assert.equal(isKept(other, admin), true);
  await setUser(admin, { enabled: false });
  await eventually('the other process has heard', () => !isKept(other, admin));
  assert.equal(await isValidAt(other, admin), false);
});

test('permanent and temporary keys that one process ends are ended in the other', async () => {
  await using cloud = await two();
  const { other, clock } = cloud;
  const demo = await cloud.demo();
  const path = '/v3/auth/projects';
  const statusBy = async (key: Parameters<typeof askSigned>[1]) =>
    (await askSigned(other.url, key, 'GET', path, { atMs: clock.nowMs() })).status;
  const key = await newKey(demo);
  const temporary = await temporaryKey(demo);
  assert.deepEqual([await statusBy(key), await statusBy(temporary)], [200, 200]);
  await demo.delete(`/v3.0/OS-CREDENTIAL/credentials/${key.access}`);
  await demo.delete('/v3/auth/tokens', { 'x-subject-token': demo.token ?? '' });
  await eventually('the key is gone', async () => (await statusBy(key)) === 401);
  await eventually('the other too', async () => (await statusBy(temporary)) === 401);
});

test('a process that cannot hear the others trusts nothing that it has in memory', async () => {
  await using cloud = await two();
  const { one, other } = cloud;
  const demo = await cloud.demo();
  assert.equal(await isValidAt(other, demo), true);
  const { peers } = other.identity.context;
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where query = 'select 1' and datname = current_database()`.execute(one.database.queries);
  await eventually('it notices', () => !peers.isCurrent());
  assert.equal(await isValidAt(other, demo), true);
  assert.equal(isKept(other, demo), false);
  await demo.delete('/v3/auth/tokens', { 'x-subject-token': demo.token ?? '' });
  assert.equal(await isValidAt(other, demo), false);
  const again = await cloud.demo();
  assert.equal(await isValidAt(other, again), true);
  const pass = slowly(cloud.clock, limits.hearingRetryMs);
  const hears = async () => {
    await pass();
    return peers.isCurrent();
  };
  await eventually('it hears again', hears, 60_000);
  assert.equal(await isValidAt(other, again), true);
  assert.equal(isKept(other, again), true);
});

test('nor does one whose connection stands still, which nobody tells it', async () => {
  await using cloud = await two();
  const { one, other } = cloud;
  const demo = await cloud.demo();
  assert.equal(await isValidAt(other, demo), true);
  // The one that was opened last is that of the other.
  const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity
    where query = 'select 1' and datname = current_database()
    order by backend_start desc`.execute(one.database.queries);
  const pid = rows[0]?.pid ?? assert.fail('nobody listens');
  process.kill(pid, 'SIGSTOP');
  try {
    await demo.delete('/v3/auth/tokens', { 'x-subject-token': demo.token ?? '' });
    await cloud.clock.advance(limits.hearingProvenMs + 1);
    assert.equal(other.identity.context.peers.isCurrent(), false);
    assert.equal(await isValidAt(other, demo), false);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  const pass = slowly(cloud.clock, limits.hearingBeatMs);
  const answers = async () => {
    await pass();
    return other.identity.context.peers.isCurrent();
  };
  await eventually('it is asked and answers', answers, 60_000);
});

test('a signature that changed something at one process changes nothing at the other', async () => {
  await using cloud = await two();
  const { one, other, admin, clock } = cloud;
  const key = await newKey(admin);
  const headers = { host: 'cloud.example', 'x-domain-id': 'default' };
  const body = { user: { name: 'once' } };
  const ask = { headers, body, atMs: clock.nowMs() };
  const [first, second] = await Promise.all(
    [one, other].map(({ url }) => askSigned(url, key, 'POST', '/v3/users', ask)),
  );
  assert.deepEqual([first?.status, second?.status].sort(), [201, 401]);
  const refused = first?.status === 401 ? first : second;
  assert.match(refused?.body.error_msg, /used before/);
  const rows = () => one.database.queries.selectFrom('used_signatures').selectAll().execute();
  assert.equal((await rows()).length, 1);
  await clock.advance(16 * 60_000);
  await one.identity.purgeExpiredTokens();
  assert.equal((await rows()).length, 0);
});

test('failed logins count wherever they failed', async () => {
  await using cloud = await two();
  const { one, other } = cloud;
  const tryAt = ({ url }: Served) => logIn(url, 'demo', 'wrong', 'demo').catch(() => undefined);
  for (let count = 0; count < limits.failedLoginsPerName; count += 2) {
    await tryAt(one);
    await tryAt(other);
  }
  for (const served of [one, other]) {
    await eventually('the right password comes too late', async () => {
      const refusal = await logIn(served.url, 'demo', 'd', 'demo').catch(String);
      return String(refusal).includes('429');
    });
  }
});

test('a user whom failures at both processes lock is locked at both', async () => {
  await using cloud = await two({ lockoutFailureAttempts: 3 });
  const { one, other } = cloud;
  const logInAt = ({ url }: Served, password: string) => logIn(url, 'demo', password, 'demo');
  for (const served of [one, other]) {
    await assert.rejects(logInAt(served, 'wrong'));
  }
  await logInAt(other, 'd');
  for (const served of [one, other, one]) {
    await assert.rejects(logInAt(served, 'wrong'));
  }
  for (const served of [one, other]) await assert.rejects(logInAt(served, 'd'), /"code":401/);
});
