import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#base/limits.ts';
import { made, rescoped, startIdentity } from './identity-cloud.ts';

const path = '/v3/OS-REVOKE/events';

async function shown(client: { token?: string | undefined }, admin: typeof client & Getter) {
  const subject = { 'x-subject-token': client.token ?? '' };
  return admin.get('/v3/auth/tokens', subject);
}

interface Getter {
  // biome-ignore lint/suspicious/noExplicitAny: bodies are looked into
  get(path: string, headers?: Record<string, string>): Promise<{ status: number; body: any }>;
}

test('whatever ends tokens early is told of, until no token could know', async () => {
  await using cloud = await startIdentity();
  const { admin, clock } = cloud;
  const project = await made(admin, 'projects', { name: 'ending' });
  const domain = await made(admin, 'domains', { name: 'ending' });
  const user = await made(admin, 'users', { name: 'ending', password: 'a password' });
  const { audit_ids } = (await shown(cloud.demo, admin)).body.token;
  assert.deepEqual((await admin.get(path)).body.events, []);
  const subject = { 'x-subject-token': cloud.demo.token ?? '' };
  await cloud.demo.delete('/v3/auth/tokens', subject);
  const at = new Date(clock.nowMs()).toISOString();
  const times = { issued_before: at.replace('Z', '000Z'), revoked_at: at.replace('Z', '000Z') };
  assert.deepEqual((await admin.get(path)).body.events, [{ audit_id: audit_ids[0], ...times }]);
  await clock.advance(2000);
  const since = new Date(clock.nowMs()).toISOString();
  await admin.patch(`/v3/users/${user}`, { user: { password: 'another one' } });
  await clock.advance(1000);
  await admin.patch(`/v3/projects/${project}`, { project: { enabled: false } });
  await clock.advance(1000);
  await admin.patch(`/v3/domains/${domain}`, { domain: { enabled: false } });
  await clock.advance(1000);
  await admin.delete(`/v3/users/${user}`);
  await clock.advance(1000);
  await admin.delete(`/v3/projects/${project}`);
  const later = (await admin.get(`${path}?since=${since}`)).body.events;
  const about = later.map(({ issued_before: _, revoked_at: __, ...rest }: object & Times) => rest);
  assert.deepEqual(about, [
    { user_id: user },
    { project_id: project },
    { domain_id: domain },
    { user_id: user },
    { project_id: project },
  ]);
  assert.equal((await admin.get(`${path}?since=yesterday`)).status, 400);
  await clock.advance(limits.tokenLifetimeMs + limits.expiredTokensShownMs);
  await cloud.identity.purgeExpiredTokens();
  const { queries } = cloud.identity.context.database;
  assert.deepEqual(await queries.selectFrom('revocation_events').selectAll().execute(), []);
});

interface Times {
  issued_before: string;
  revoked_at: string;
}

test('only who may is told', async () => {
  await using cloud = await startIdentity();
  assert.equal((await cloud.demo.get(path)).status, 403);
  assert.equal((await cloud.nobody.get(path)).status, 401);
});

test('a chain of tokens keeps its first audit id and its end; each ends by itself', async () => {
  await using cloud = await startIdentity();
  const unscoped = await rescoped(cloud.demo, 'unscoped');
  await cloud.clock.advance(60_000);
  const again = unscoped && (await rescoped(unscoped, { project: { id: cloud.demoProjectId } }));
  if (!unscoped || !again) throw new Error('no token');
  const tokens = [];
  for (const client of [cloud.demo, unscoped, again]) {
    tokens.push((await shown(client, cloud.admin)).body.token);
  }
  const [first, second, third] = tokens;
  assert.deepEqual(second.audit_ids, [second.audit_ids[0], first.audit_ids[0]]);
  assert.deepEqual(third.audit_ids, [third.audit_ids[0], first.audit_ids[0]]);
  assert.deepEqual([second.expires_at, third.expires_at], [first.expires_at, first.expires_at]);
  assert.notEqual(third.issued_at, first.issued_at);
  const subject = { 'x-subject-token': unscoped.token ?? '' };
  assert.equal((await unscoped.delete('/v3/auth/tokens', subject)).status, 204);
  assert.equal((await shown(unscoped, cloud.admin)).status, 404);
  assert.equal((await shown(cloud.demo, cloud.admin)).status, 200);
  assert.equal((await shown(again, cloud.admin)).status, 200);
});
