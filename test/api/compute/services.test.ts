import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import type { Client } from '#test/client.ts';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer, statusOf } from '#test/servers.ts';

const hosts = [{ name: 'one' }, { name: 'two' }];
const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

async function computeId(client: Client, host: string): Promise<string> {
  const query = `host=${host}&binary=nova-compute`;
  const { body } = await client.get(`/v2.1/os-services?${query}`, at('2.53'));
  return body.services[0].id;
}

test('services are listed with their state, all or those of a host or kind', async () => {
  await using cloud = await startTestCloud({ hosts });
  const { body } = await cloud.admin.get('/v2.1/os-services');
  const names = body.services.map(({ host, binary }: Record<string, string>) => [host, binary]);
  assert.deepEqual(names, [
    ['one', 'nova-conductor'],
    ['one', 'nova-scheduler'],
    ['one', 'nova-compute'],
    ['two', 'nova-compute'],
  ]);
  const [conductor, , compute] = body.services;
  assert.equal(conductor.zone, 'internal');
  assert.deepEqual(compute, {
    id: 3,
    binary: 'nova-compute',
    host: 'one',
    zone: 'nova',
    status: 'enabled',
    state: 'up',
    updated_at: compute.updated_at,
    disabled_reason: null,
  });
  const two = await cloud.admin.get('/v2.1/os-services?host=two');
  assert.equal(two.body.services.length, 1);
  const schedulers = await cloud.admin.get('/v2.1/os-services?binary=nova-scheduler&host=one');
  assert.equal(schedulers.body.services.length, 1);
  const none = await cloud.admin.get('/v2.1/os-services?host=three');
  assert.deepEqual(none.body.services, []);
});

test('2.11 shows what is declared down, 2.53 has UUIDs, 2.75 knows its parameters', async () => {
  await using cloud = await startTestCloud({ hosts });
  const first = async (version: string) =>
    (await cloud.admin.get('/v2.1/os-services', at(version))).body.services[0];
  assert.equal((await first('2.10')).forced_down, undefined);
  assert.equal((await first('2.11')).forced_down, false);
  assert.equal((await first('2.52')).id, 1);
  assert.match((await first('2.53')).id, /^[0-9a-f-]{36}$/);
  const unknown = '/v2.1/os-services?colour=blue';
  assert.equal((await cloud.admin.get(unknown, at('2.74'))).status, 200);
  assert.equal((await cloud.admin.get(unknown, at('2.75'))).status, 400);
});

test('numbers and UUIDs stay when the cloud is started again', async () => {
  await using cloud = await startTestCloud({ hosts });
  const ids = async () => {
    const old = await cloud.admin.get('/v2.1/os-services', at('2.52'));
    const now = await cloud.admin.get('/v2.1/os-services', at('2.53'));
    return [...old.body.services, ...now.body.services].map(({ id }) => id);
  };
  const before = await ids();
  await cloud.restart();
  assert.deepEqual(await ids(), before);
});

test('a host that is out of use gets no new servers until it is back', async () => {
  await using cloud = await startTestCloud({ hosts: hosts.slice(0, 1) });
  const named = { host: 'one', binary: 'nova-compute' };
  const disabled = await cloud.admin.put('/v2.1/os-services/disable', named);
  assert.deepEqual(disabled.body, { service: { ...named, status: 'disabled' } });
  assert.equal(await statusOf(cloud.demo, await makeServer(cloud)), 'ERROR');
  const enabled = await cloud.admin.put('/v2.1/os-services/enable', named);
  assert.deepEqual(enabled.body, { service: { ...named, status: 'enabled' } });
  assert.equal(await statusOf(cloud.demo, await makeServer(cloud)), 'ACTIVE');
  const downs = { ...named, forced_down: true };
  const down = await cloud.admin.put('/v2.1/os-services/force-down', downs, at('2.11'));
  assert.deepEqual(down.body, { service: downs });
  assert.equal(await statusOf(cloud.demo, await makeServer(cloud)), 'ERROR');
});

test('until 2.52 the path says what is asked, and the reason is kept', async () => {
  await using cloud = await startTestCloud({ hosts });
  const named = { host: 'two', binary: 'nova-compute' };
  const put = (action: string, body: object, version = '2.52') =>
    cloud.admin.put(`/v2.1/os-services/${action}`, body, at(version));
  const reason = { disabled_reason: 'broken fan' };
  const logged = await put('disable-log-reason', { ...named, ...reason });
  assert.deepEqual(logged.body, { service: { ...named, ...reason, status: 'disabled' } });
  const { body } = await cloud.admin.get('/v2.1/os-services?host=two');
  assert.equal(body.services[0].disabled_reason, 'broken fan');
  await put('enable', named);
  const again = await cloud.admin.get('/v2.1/os-services?host=two');
  assert.deepEqual(
    [again.body.services[0].status, again.body.services[0].disabled_reason],
    ['enabled', null],
  );
  assert.equal((await put('disable-log-reason', named)).status, 400);
  assert.equal((await put('force-down', named)).status, 400);
  assert.equal((await put('force-down', named, '2.10')).status, 404);
  assert.equal((await put('toString', named)).status, 404);
  assert.equal((await put('enable', { host: 'three', binary: 'nova-compute' })).status, 404);
  assert.equal((await put('enable', { host: 'one', binary: 'nova-consoleauth' })).status, 404);
  assert.equal((await put('enable', { host: 'one' })).status, 400);
  assert.equal((await put('enable', { ...named, forced_down: true }, '2.10')).status, 400);
  const scheduler = { host: 'one', binary: 'nova-scheduler' };
  assert.equal((await put('disable', scheduler)).status, 200);
});

test('since 2.53 a service is changed by its id, and shown as it is then', async () => {
  await using cloud = await startTestCloud({ hosts });
  const id = await computeId(cloud.admin, 'one');
  const put = (body: object, of = id) =>
    cloud.admin.put(`/v2.1/os-services/${of}`, body, at('2.53'));
  const off = await put({ status: 'disabled', disabled_reason: 'moving', forced_down: 'true' });
  assert.equal(off.status, 200);
  const { status, state, disabled_reason, forced_down } = off.body.service;
  assert.deepEqual(
    [status, state, disabled_reason, forced_down],
    ['disabled', 'down', 'moving', true],
  );
  const on = await put({ status: 'enabled', forced_down: false });
  assert.deepEqual([on.body.service.state, on.body.service.disabled_reason], ['up', null]);
  for (const body of [
    {},
    { disabled_reason: 'x' },
    { status: 'enabled', disabled_reason: 'x' },
    { status: 'off' },
    { status: 'disabled', disabled_reason: '' },
    { forced_down: 'perhaps' },
    { host: 'one' },
  ]) {
    assert.equal((await put(body)).status, 400, JSON.stringify(body));
  }
  assert.equal((await put({ status: 'enabled' }, 'enable')).status, 400);
  const unknown = '00000000-0000-4000-8000-000000000000';
  assert.equal((await put({ status: 'enabled' }, unknown)).status, 404);
  const { body } = await cloud.admin.get('/v2.1/os-services?binary=nova-conductor', at('2.53'));
  assert.equal((await put({ status: 'disabled' }, body.services[0].id)).status, 400);
});

test('a service is forgotten with its host unless servers are there', async () => {
  await using cloud = await startTestCloud({ hosts: hosts.slice(0, 1) });
  const server = await makeServer(cloud);
  const id = await computeId(cloud.admin, 'one');
  const remove = (of: string, version = '2.53') =>
    cloud.admin.delete(`/v2.1/os-services/${of}`, at(version));
  assert.equal((await remove(id)).status, 409);
  await cloud.demo.delete(`/v2.1/servers/${server}`);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal((await remove('1')).status, 400);
  assert.equal((await remove(id)).status, 204);
  assert.equal((await remove(id)).status, 404);
  assert.deepEqual((await cloud.admin.get('/v2.1/os-hypervisors')).body.hypervisors, []);
  assert.equal((await remove('2', '2.52')).status, 204);
  assert.equal((await remove('99', '2.52')).status, 404);
  assert.equal((await remove('x', '2.52')).status, 400);
  await cloud.restart();
  assert.notEqual(await computeId(cloud.admin, 'one'), id);
});

test('who was not heard of for a minute is down', async () => {
  let aheadMs = 0;
  const clock = {
    nowMs: () => systemClock.nowMs() + aheadMs,
    // No beat comes in between.
    sleep: (ms: number, signal?: AbortSignal) =>
      systemClock.sleep(ms === limits.heartbeatMs ? 3_600_000 : ms, signal),
  };
  await using cloud = await startTestCloud({ hosts, clock });
  const states = async () => {
    const { body } = await cloud.admin.get('/v2.1/os-services');
    return new Set(body.services.map(({ state }: { state: string }) => state));
  };
  assert.deepEqual(await states(), new Set(['up']));
  aheadMs = 61_000;
  assert.deepEqual(await states(), new Set(['down']));
  const hypervisors = await cloud.admin.get('/v2.1/os-hypervisors');
  assert.equal(hypervisors.body.hypervisors[0].state, 'down');
});

test('only administrators see services', async () => {
  await using cloud = await startTestCloud({ hosts });
  const reader = await cloud.userOf('demo', 'reader');
  for (const client of [cloud.demo, reader]) {
    assert.equal((await client.get('/v2.1/os-services')).status, 403);
    assert.equal((await client.put('/v2.1/os-services/enable', {})).status, 403);
    assert.equal((await client.delete('/v2.1/os-services/1')).status, 403);
  }
  assert.equal((await cloud.nobody.get('/v2.1/os-services')).status, 401);
});
