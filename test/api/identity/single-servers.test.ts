import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Answered } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer, serverBody } from '#test/servers.ts';
import { askSigned, temporaryKey } from '#test/signing.ts';
import { clientOf, credentialLogin, credentialOf } from './delegations.ts';
import {
  actOn,
  doneTo,
  holderOf,
  policyOf,
  serverNamed,
  soft,
  twoServers,
} from './single-servers.ts';

const restarts = ['ecs:servers:reboot', 'ecs:servers:get'];

function assertRefused({ status, body }: Answered, action: string): void {
  assert.equal(status, 403, JSON.stringify(body));
  assert.equal(body.forbidden.message, `Policy doesn't allow ${action} to be performed.`);
}

describe('rights to single servers', () => {
  let cloud: TestCloud;
  let own: string;
  let other: string;

  before(async () => {
    cloud = await startTestCloud();
    [own, other] = await twoServers(cloud);
  });
  after(() => cloud[Symbol.asyncDispose]());

  async function settled(): Promise<void> {
    await cloud.cloud.services.operations.whenIdle();
  }

  test('an Allow for one server is good for that one, on every surface', async () => {
    const Resource = [serverNamed(own)];
    const one = await holderOf(cloud, 'one', { Effect: 'Allow', Action: restarts, Resource });
    for (const surface of ['v2.1', 'v2']) {
      assert.equal((await actOn(one, own, soft, surface)).status, 202, surface);
      await settled();
      assertRefused(await actOn(one, other, soft, surface), 'ecs:servers:reboot');
      assert.equal((await one.get(`/${surface}/servers/${own}`)).status, 200);
      assertRefused(await one.get(`/${surface}/servers/${other}`), 'ecs:servers:get');
      assertRefused(await one.get(`/${surface}/servers`), 'ecs:servers:list');
    }
    assert.deepEqual(await doneTo(cloud, own), ['create', 'reboot', 'reboot']);
    assert.deepEqual(await doneTo(cloud, other), ['create']);
  });

  test('what no server could allow is refused before any is looked for', async () => {
    const Resource = [serverNamed(own)];
    const one = await holderOf(cloud, 'early', { Effect: 'Allow', Action: restarts, Resource });
    for (const id of [own, other, randomUUID()]) {
      assertRefused(await actOn(one, id, { 'os-stop': null }), 'ecs:servers:stop');
    }
    assert.equal((await actOn(one, randomUUID(), soft)).status, 404);
  });

  test('what belongs to another project stays unknown, whatever a policy names', async () => {
    const body = await serverBody(cloud.demo);
    const foreign = (await cloud.admin.post('/v2.1/servers', body)).body.server.id;
    const Resource = [serverNamed(foreign), serverNamed('*')];
    const one = await holderOf(cloud, 'abroad', { Effect: 'Allow', Action: restarts, Resource });
    assert.equal((await actOn(one, foreign, soft)).status, 404);
    assert.equal((await one.get(`/v2.1/servers/${foreign}`)).status, 404);
    await settled();
  });

  test('everything below a server is that server’s, whatever was answered of another', async () => {
    const Resource = [serverNamed(own)];
    const one = await holderOf(
      cloud,
      'below',
      { Effect: 'Allow', Action: ['ecs:*:*'], Resource },
      { Effect: 'Allow', Action: ['vpc:*:*'] },
    );
    const paths = ['', '/ips', '/metadata', '/tags', '/os-interface', '/os-instance-actions'];
    for (const path of [...paths, '/os-server-password', '/os-security-groups', '/topology']) {
      const version = { 'openstack-api-version': 'compute 2.78' };
      // Twice, for answers are kept: by the owner before, and by whoever has been answered.
      for (const client of [cloud.demo, one, one]) {
        const { status } = await client.get(`/v2.1/servers/${own}${path}`, version);
        assert.equal(status, 200, path);
        await cloud.demo.get(`/v2.1/servers/${other}${path}`, version);
        const refused = await one.get(`/v2.1/servers/${other}${path}`, version);
        assert.equal(refused.status, 403, path);
      }
    }
    const changed = await one.put(`/v2.1/servers/${other}`, { server: { name: 'taken' } });
    assertRefused(changed, 'ecs:servers:update');
    assertRefused(await one.delete(`/v2.1/servers/${other}`), 'ecs:servers:delete');
    assert.equal((await cloud.demo.get(`/v2.1/servers/${other}`)).body.server.name, 'one');
    assert.equal((await one.get('/v2.1/flavors')).status, 403, 'a flavor is no server');
  });

  test('an Allow for all servers lists them, and makes new ones with all it takes', async () => {
    const Resource = [serverNamed('*')];
    const rest = { Effect: 'Allow', Action: ['evs:*:*', 'vpc:*:*', 'ims:*:*', 'ecs:flavors:*'] };
    const groups = { Effect: 'Allow', Action: ['ecs:securityGroups:use'] };
    const servers = { Effect: 'Allow', Action: ['ecs:servers:*', 'ecs:serverInterfaces:*'] };
    const all = await holderOf(cloud, 'all', { ...servers, Resource }, rest, groups);
    assert.equal((await all.get('/v2.1/servers/detail')).status, 200);
    const body = await serverBody(cloud.demo);
    const made = await all.post('/v2.1/servers', body);
    assert.equal(made.status, 202, JSON.stringify(made.body));
    const bound = { ...servers, Resource: [serverNamed(own)] };
    const one = await holderOf(cloud, 'no maker', bound, rest, groups);
    assertRefused(await one.post('/v2.1/servers', body), 'ecs:servers:create');
    await settled();
  });

  test('a Deny for one server takes that one away and leaves the others', async () => {
    const all = { Effect: 'Allow', Action: ['ecs:*:*'] };
    const denied = { Effect: 'Deny', Action: ['ecs:servers:reboot'], Resource: [serverNamed(own)] };
    const most = await holderOf(cloud, 'most', all, denied);
    const before = await doneTo(cloud, own);
    assertRefused(await actOn(most, own, soft), 'ecs:servers:reboot');
    assert.deepEqual(await doneTo(cloud, own), before);
    assert.equal((await most.get(`/v2.1/servers/${own}`)).status, 200);
    assert.equal((await actOn(most, other, soft)).status, 202);
    assert.equal((await most.get('/v2.1/servers')).status, 200);
    await settled();
  });

  test('a Deny for one server holds where code below an endpoint asks for more', async () => {
    const chief = await cloud.userOf('demo', 'admin');
    const Action = ['ecs:servers:migrateToHost', 'ecs:servers:migrateLiveToHost'];
    const denied = { Effect: 'Deny', Action, Resource: [serverNamed(own)] };
    const roleId = await policyOf(cloud, 'no such moves', denied);
    const { projectId } = cloud.demo;
    await cloud.admin.put(`/v3/projects/${projectId}/users/${chief.userId}/roles/${roleId}`);
    const body = { migrate: { host: 'nowhere' } };
    const version = { 'openstack-api-version': 'compute 2.56' };
    const move = (id: string) => chief.post(`/v2.1/servers/${id}/action`, body, version);
    assertRefused(await move(own), 'ecs:servers:migrateToHost');
    assert.equal((await move(other)).status, 400);
    const live = { 'os-migrateLive': { host: 'nowhere', block_migration: 'auto' } };
    const moveLive = (id: string) => chief.post(`/v2.1/servers/${id}/action`, live, version);
    assertRefused(await moveLive(own), 'ecs:servers:migrateLiveToHost');
    assert.notEqual((await moveLive(other)).status, 403);
    await settled();
  });

  test('an application credential and a temporary key reach no further', async () => {
    const Resource = [serverNamed(own)];
    const one = await holderOf(cloud, 'giver', { Effect: 'Allow', Action: restarts, Resource });
    const proof = await credentialOf(one);
    const answer = await cloud.nobody.post('/v3/auth/tokens', credentialLogin(proof));
    const robot = clientOf(cloud, answer);
    assert.equal((await robot.get(`/v2.1/servers/${own}`)).status, 200);
    assertRefused(await actOn(robot, other, soft), 'ecs:servers:reboot');
    const policy = { Version: '1.1', Statement: [{ Effect: 'Allow', Action: restarts, Resource }] };
    const key = await temporaryKey(cloud.demo, { policy });
    const ask = (id: string) => askSigned(cloud.url, key, 'GET', `/v2.1/servers/${id}`);
    assert.equal((await ask(own)).status, 200);
    assert.equal((await ask(other)).status, 403);
    const mine = await temporaryKey(one, { policy: { ...policy, Statement: [all] } });
    const signed = (id: string) => askSigned(cloud.url, mine, 'GET', `/v2.1/servers/${id}`);
    assert.equal((await signed(own)).status, 200);
    assert.equal((await signed(other)).status, 403);
  });

  test('an explanation is of the server that the path names', async () => {
    const Resource = [serverNamed(own)];
    const allowed = { Effect: 'Allow', Action: restarts, Resource };
    const one = await holderOf(cloud, 'asked about', allowed);
    const explained = async (id: string) => {
      const scope_id = cloud.demo.projectId ?? '';
      const call = { method: 'GET', path: `/v2.1/servers/${id}` };
      const query = new URLSearchParams({ user_id: one.userId ?? '', scope_id, ...call });
      return (await cloud.admin.get(`/v3.0/OS-PERMISSION/explanation?${query}`)).body.explanation;
    };
    const told = await explained(own);
    assert.equal(told.is_allowed, true);
    assert.equal(told.resource, `ecs:RegionOne:default:instance:${own}`);
    assert.equal(told.actions[0].decided_by.policy_name, 'asked about');
    const refused = await explained(other);
    assert.equal(refused.is_allowed, false);
    assert.equal(refused.actions[0].decided_by, null);
    assert.equal((await explained(randomUUID())).resource, null);
  });

  test('a server that is gone leaves its record to those who had the right to it', async () => {
    const gone = await makeServer(cloud);
    const Action = ['ecs:serverActions:list', 'ecs:serverActions:get', 'ecs:servers:get'];
    const allowed = { Effect: 'Allow', Action, Resource: [serverNamed(own)] };
    const one = await holderOf(cloud, 'historian', allowed);
    await cloud.demo.delete(`/v2.1/servers/${gone}`);
    await settled();
    const version = { 'openstack-api-version': 'compute 2.21' };
    const read = (id: string) => one.get(`/v2.1/servers/${id}/os-instance-actions`, version);
    assert.equal((await read(own)).status, 200);
    assert.equal((await read(gone)).status, 403);
  });
});

const all = { Effect: 'Allow', Action: ['ecs:*:*'] };
