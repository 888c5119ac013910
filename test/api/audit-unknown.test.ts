import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { listRefused, type RefusedCallsRow } from '#audit/refused-store.ts';
import { listRecords } from '#audit/store.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';

const password = 'a long password';

/** What is counted, once there are so many. */
async function countedIn(cloud: TestCloud, atLeast: number): Promise<RefusedCallsRow[]> {
  const { database } = cloud.cloud.services;
  return eventually('the refusals are counted', async () => {
    const rows = await listRefused(database.queries, undefined, 1000);
    const sum = rows.reduce((before, { count }) => before + count, 0);
    return sum >= atLeast ? rows : undefined;
  });
}

/** Those alike together, though an hour may have ended between them. */
function told(rows: readonly RefusedCallsRow[]): [string, number][] {
  const sums = new Map<string, number>();
  for (const { method, call, status, refusal, count } of rows) {
    const like = `${method} ${call}: ${status} ${refusal}`;
    sums.set(like, (sums.get(like) ?? 0) + count);
  }
  return [...sums].sort();
}

function loginBody(name: string, secret: string) {
  const user = { name, domain: { id: 'default' }, password: secret };
  return { auth: { identity: { methods: ['password'], password: { user } } } };
}

async function makeUser(cloud: TestCloud): Promise<string> {
  const user = { name: 'audited', domain_id: 'default', password };
  return (await cloud.admin.post('/v3/users', { user })).body.user.id;
}

test('a call without a token is recorded by address, method and path pattern', async () => {
  await using cloud = await startTestCloud();
  const secret = 'not-to-be-kept';
  const stranger = Object.assign(Object.create(cloud.nobody), { token: secret });
  assert.equal((await cloud.nobody.get(`/v2.1/servers/${secret}?name=${secret}`)).status, 401);
  assert.equal((await stranger.get(`/v2.1/servers/${secret}`)).status, 401);
  const action = `/v2.1/servers/${secret}/action`;
  assert.equal((await stranger.post(action, { 'os-stop': null })).status, 401);
  assert.equal((await stranger.post(action, { [secret]: secret })).status, 401);
  const rows = await countedIn(cloud, 4);
  assert.deepEqual(told(rows), [
    ['GET /servers/{server_id}: 401 Unauthorized', 2],
    ['POST /servers/{server_id}/action os-stop: 401 Unauthorized', 1],
    ['POST /servers/{server_id}/action: 401 Unauthorized', 1],
  ]);
  for (const row of rows) {
    assert.deepEqual([row.address, row.surface], ['127.0.0.1', 'compute-v2.1']);
    assert.match(row.request_id, /^req-/);
  }
  assert.equal(JSON.stringify(rows).includes(secret), false);
});

test('failed logins are told by the user who exists, and never by what was typed', async () => {
  await using cloud = await startTestCloud();
  const id = await makeUser(cloud);
  const typed = 'a-password-typed-as-a-name';
  for (const body of [loginBody('audited', typed), loginBody(typed, typed)]) {
    assert.equal((await cloud.nobody.post('/v3/auth/tokens', body)).status, 401);
  }
  const change = { user: { original_password: typed, password: 'quite another one' } };
  for (const each of [id, typed]) {
    assert.equal((await cloud.nobody.post(`/v3/users/${each}/password`, change)).status, 401);
  }
  const basic = Buffer.from(`${typed}:${typed}`).toString('base64');
  const headers = {
    authorization: `Basic ${basic}`,
    'content-type': 'application/x-www-form-urlencoded',
  };
  const grant = 'grant_type=client_credentials';
  const refused = await cloud.nobody.request('POST', '/v3/OS-OAUTH2/token', grant, headers);
  assert.equal(refused.status, 401);
  const rows = await countedIn(cloud, 5);
  const byUser = rows.map(({ call, user_id, status }) => [call, user_id, status]);
  assert.deepEqual(byUser.sort(), [
    ['/OS-OAUTH2/token', null, 401],
    ['/auth/tokens', null, 401],
    ['/auth/tokens', id, 401],
    ['/users/{user_id}/password', null, 401],
    ['/users/{user_id}/password', id, 401],
  ]);
  assert.equal(JSON.stringify(rows).includes(typed), false);
  const records = await listRecords(cloud.cloud.services.database.queries, undefined, 1000);
  assert.equal(JSON.stringify(records).includes(typed), false);
});

test('logins and changes of own passwords have records that a crash leaves', async () => {
  await using cloud = await startTestCloud();
  const id = await makeUser(cloud);
  const login = await cloud.nobody.post('/v3/auth/tokens', loginBody('audited', password));
  assert.equal(login.status, 201);
  const change = { user: { original_password: password, password: 'quite another one' } };
  assert.equal((await cloud.nobody.post(`/v3/users/${id}/password`, change)).status, 204);
  await cloud.restartAfterCrash();
  const { queries } = cloud.cloud.services.database;
  const records = await listRecords(queries, undefined, 1000);
  const ofUser = records.filter(({ user_id }) => user_id === id);
  assert.deepEqual(
    ofUser.map(({ method, call, address, status }) => [method, call, address, status]).sort(),
    [
      ['POST', '/auth/tokens', '127.0.0.1', 201],
      ['POST', '/users/{user_id}/password', '127.0.0.1', 204],
    ],
  );
});

test('the operator prints refused calls among the records, the last ones too', async () => {
  await using cloud = await startTestCloud();
  for (let count = 0; count < 3; count += 1) await cloud.nobody.get('/v2.1/servers');
  await cloud.restart();
  const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
  const args = [main, 'audit', '--state', cloud.stateDirectory];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const lines: Record<string, unknown>[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const refused = lines.filter(({ count }) => count !== undefined);
  const [first] = refused;
  assert.deepEqual(
    [first?.address, first?.method, first?.call, first?.status],
    ['127.0.0.1', 'GET', '/servers', 401],
  );
  assert.equal(
    refused.reduce((sum, { count }) => sum + Number(count), 0),
    3,
  );
  const times = lines.map(({ asked_at }) => String(asked_at));
  assert.deepEqual(times, [...times].sort());
});
