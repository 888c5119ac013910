import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Clock, systemClock } from '#base/clock.ts';
import type { Client } from '#test/client.ts';
import { startTestCloud } from '#test/cloud.ts';
import { tokenOf } from '#test/consoles.ts';
import { makeServer } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const vnc = { protocol: 'vnc', type: 'novnc' };

function open(client: Client, id: string, wanted: object, version = '2.6') {
  const path = `/v2.1/servers/${id}/remote-consoles`;
  return client.post(path, { remote_console: wanted }, at(version));
}

function act(client: Client, id: string, action: string, type: string, version = '2.1') {
  return client.post(`/v2.1/servers/${id}/action`, { [action]: { type } }, at(version));
}

test('a console that is served has an address below our own origin', async () => {
  await using cloud = await startTestCloud();
  const { demo, url } = cloud;
  const id = await makeServer(cloud);
  const opened = await open(demo, id, vnc);
  assert.equal(opened.status, 200);
  const { url: address, ...rest } = opened.body.remote_console;
  assert.deepEqual(rest, vnc);
  assert.match(address.slice(url.length), /^\/vnc_auto\.html\?path=%3Ftoken%3D[\w-]{43}$/);
  const serial = await open(demo, id, { protocol: 'serial', type: 'serial' }, '2.99');
  assert.ok(serial.body.remote_console.url.startsWith(`${url.replace('http', 'ws')}/?token=`));
  const again = await open(demo, id, vnc);
  assert.notEqual(again.body.remote_console.url, address, 'every asking gets its own token');
});

test('before 2.6 each protocol has an action, afterwards none has', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  for (const [action, type] of [
    ['os-getVNCConsole', 'novnc'],
    ['os-getSerialConsole', 'serial'],
  ] as const) {
    const { status, body } = await act(demo, id, action, type, '2.5');
    assert.equal(status, 200, action);
    assert.equal(body.console.type, type);
    assert.equal((await act(demo, id, action, type, '2.6')).status, 404, action);
    assert.equal((await act(demo, id, action, 'camel')).status, 400, action);
  }
  assert.equal((await open(demo, id, vnc, '2.5')).status, 404);
  const legacy = `/v2/${demo.projectId}/servers/${id}/action`;
  const asked = { 'os-getVNCConsole': { type: 'novnc' } };
  assert.equal((await demo.post(legacy, asked)).status, 200);
});

test('what nobody serves is refused and not promised', async () => {
  await using cloud = await startTestCloud({ consoleTypes: [] });
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const rows = [
    { protocol: 'vnc', type: 'novnc' },
    { protocol: 'spice', type: 'spice-html5' },
    { protocol: 'spice', type: 'spice-direct' },
    { protocol: 'serial', type: 'serial' },
    { protocol: 'mks', type: 'webmks' },
  ];
  for (const row of rows) {
    const { status, body } = await open(demo, id, row, '2.99');
    assert.equal(status, 400, row.type);
    assert.equal(body.badRequest.message, `Unavailable console type ${row.type}.`);
  }
  const mixed = await open(demo, id, { protocol: 'vnc', type: 'serial' });
  assert.equal(mixed.body.badRequest.message, 'Invalid console type serial');
  const xvp = await open(demo, id, { protocol: 'vnc', type: 'xvpvnc' });
  assert.equal(xvp.body.badRequest.message, 'Invalid console type xvpvnc');
  assert.equal((await open(demo, id, { protocol: 'rdp', type: 'rdp-html5' })).status, 400);
  assert.equal((await act(demo, id, 'os-getRDPConsole', 'rdp-html5')).status, 400);
  assert.equal((await act(demo, id, 'os-getSPICEConsole', 'spice-html5')).status, 400);
  assert.equal((await act(demo, id, 'os-getVNCConsole', 'novnc')).status, 400);
});

test('protocols and types came one version after the other', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const message = async (wanted: object, version: string) => {
    const { status, body } = await open(demo, id, wanted, version);
    assert.equal(status, 400);
    return body.badRequest.message.split('.')[0];
  };
  const mks = { protocol: 'mks', type: 'webmks' };
  assert.match(await message(mks, '2.7'), /^Invalid input/);
  assert.match(await message(mks, '2.8'), /^Unavailable/);
  const direct = { protocol: 'spice', type: 'spice-direct' };
  assert.match(await message(direct, '2.98'), /^Invalid input/);
  assert.match(await message(direct, '2.99'), /^Unavailable/);
});

test('a token tells administrators of its console, for ten minutes', async () => {
  let aheadMs = 0;
  const clock: Clock = { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs };
  await using cloud = await startTestCloud({ clock });
  const { demo, admin, url } = cloud;
  const id = await makeServer(cloud);
  const address = (await open(demo, id, vnc)).body.remote_console.url;
  const token = tokenOf(address);
  const path = `/v2.1/os-console-auth-tokens/${token}`;
  const shown = await admin.get(path, at('2.31'));
  assert.equal(shown.status, 200);
  assert.deepEqual(shown.body.console, {
    instance_uuid: id,
    host: '127.0.0.1',
    port: Number(new URL(url).port),
    internal_access_path: `/?token=${token}`,
  });
  const later = await admin.get(path, at('2.99'));
  assert.deepEqual(later.body.console, { ...shown.body.console, tls_port: null });
  assert.equal((await admin.get(path, at('2.30'))).status, 400);
  assert.equal((await demo.get(path, at('2.31'))).status, 403);
  assert.equal((await cloud.nobody.get(path, at('2.31'))).status, 401);
  assert.equal((await admin.get(`${path}?camel=1`, at('2.98'))).status, 200);
  assert.equal((await admin.get(`${path}?camel=1`, at('2.99'))).status, 400);
  const unknown = await admin.get(`${path}x`, at('2.31'));
  assert.equal(unknown.status, 404);
  assert.equal(unknown.body.itemNotFound.message, 'Token not found');
  aheadMs = 10 * 60_000 + 1000;
  assert.equal((await admin.get(path, at('2.31'))).status, 404);
});

test('a token is kept as its hash only, and dies with its server or its time', async () => {
  let aheadMs = 0;
  const clock: Clock = { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs };
  await using cloud = await startTestCloud({ clock });
  const { demo, admin } = cloud;
  const id = await makeServer(cloud);
  const address = (await open(demo, id, vnc)).body.remote_console.url;
  const token = tokenOf(address);
  const db = cloud.cloud.services.database.queries;
  const [row, ...others] = await db.selectFrom('console_tokens').selectAll().execute();
  assert.deepEqual(others, []);
  assert.ok(!JSON.stringify(row).includes(token));
  assert.equal(row?.user_id, demo.userId);
  await demo.delete(`/v2.1/servers/${id}`);
  await cloud.cloud.services.operations.whenIdle();
  const path = `/v2.1/os-console-auth-tokens/${token}`;
  assert.equal((await admin.get(path, at('2.31'))).status, 404);
  const other = await makeServer(cloud);
  aheadMs = 10 * 60_000 + 1000;
  await open(demo, other, vnc);
  const left = await db.selectFrom('console_tokens').select('server_id').execute();
  assert.deepEqual(
    left.map((row) => row.server_id),
    [other],
    'what expired is swept by the next asking',
  );
});

test('readers, strangers and nobody open no console', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const reader = await cloud.userOf('demo', 'reader');
  const stranger = await cloud.userOf('other', 'member');
  assert.equal((await open(reader, id, vnc)).status, 403);
  assert.equal((await open(stranger, id, vnc)).status, 404);
  assert.equal((await open(cloud.nobody, id, vnc)).status, 401);
  assert.equal((await open(cloud.demo, 'no-such-server', vnc)).status, 404);
  for (const wanted of [{}, { protocol: 'vnc' }, { ...vnc, more: 1 }, { protocol: 1, type: 2 }]) {
    assert.equal((await open(cloud.demo, id, wanted)).status, 400, JSON.stringify(wanted));
  }
});

test('the console log takes a number of lines in an object, or none', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const ask = (value: unknown) =>
    demo.post(`/v2.1/servers/${id}/action`, { 'os-getConsoleOutput': value });
  for (const length of [undefined, null, 0, -1, 50, '50', '-1']) {
    const { status, body } = await ask({ length });
    assert.equal(status, 200, String(length));
    assert.deepEqual(Object.keys(body), ['output']);
  }
  for (const value of [null, [], 'x', { length: -2 }, { length: 1.5 }, { length: 'x' }, { a: 1 }]) {
    assert.equal((await ask(value)).status, 400, JSON.stringify(value));
  }
});
