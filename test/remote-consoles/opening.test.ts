import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Clock, systemClock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import { startTestCloud } from '#test/cloud.ts';
import { ConsoleSocket, consoleToken, type SocketOptions } from '#test/consoles.ts';
import { readScreen, shakeHands } from '#test/rfb.ts';
import { makeServer } from '#test/servers.ts';

test('a screen shakes hands and shows a picture, a serial port answers', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  await using screen = await ConsoleSocket.open(
    cloud.url,
    await consoleToken(cloud.demo, id, 'novnc'),
  );
  const facts = await shakeHands(screen);
  assert.deepEqual(facts, { width: 64, height: 48, name: 'simulated' });
  assert.equal((await readScreen(screen, facts)).size, 1);
  await using serial = await ConsoleSocket.open(
    cloud.url,
    await consoleToken(cloud.demo, id, 'serial'),
  );
  serial.send('uptime\r');
  await serial.says(/uptime\r\n/);
  const output = await cloud.demo.post(`/v2.1/servers/${id}/action`, {
    'os-getConsoleOutput': {},
  });
  assert.match(output.body.output, /uptime/, 'the log of the console has it too');
});

test('frames are binary, or base64 for those who ask for it alone', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const open = async (protocols: string[]) =>
    ConsoleSocket.open(cloud.url, await consoleToken(cloud.demo, id, 'novnc'), { protocols });
  await using both = await open(['base64', 'binary']);
  assert.equal(both.socket.protocol, 'binary');
  await both.says(/^RFB 003\.008\n$/);
  await using old = await open(['base64']);
  assert.equal(old.socket.protocol, 'base64');
  const greeting = Buffer.from('RFB 003.008\n').toString('base64');
  await old.says(new RegExp(`^${greeting}$`));
  old.socket.send(greeting);
  await old.says(new RegExp(`^${greeting}${Buffer.from([1, 1]).toString('base64')}$`));
});

test('a token opens one console, once, and only in its time', async () => {
  let aheadMs = 0;
  const clock: Clock = { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs };
  await using cloud = await startTestCloud({ clock });
  const id = await makeServer(cloud);
  const token = await consoleToken(cloud.demo, id, 'serial');
  const race = await Promise.allSettled([
    ConsoleSocket.open(cloud.url, token),
    ConsoleSocket.open(cloud.url, token),
  ]);
  assert.deepEqual(race.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  await assert.rejects(ConsoleSocket.open(cloud.url, token), /refused: 403/);
  for (const won of race) if (won.status === 'fulfilled') await won.value[Symbol.asyncDispose]();
  const late = await consoleToken(cloud.demo, id, 'serial');
  aheadMs = limits.consoleTokenMs + 1000;
  await assert.rejects(ConsoleSocket.open(cloud.url, late), /refused: 403/);
});

test('pages of others are refused, and keep no token from its owner', async () => {
  const config = { publicUrl: 'https://cloud.example.org', consoleUrl: 'https://c.example.org/x' };
  await using cloud = await startTestCloud({ config });
  const id = await makeServer(cloud);
  const token = await consoleToken(cloud.demo, id, 'serial');
  const tries: SocketOptions[] = [
    { origin: 'https://evil.example.org' },
    { origin: 'null' },
    { origin: 'nonsense' },
    { origin: `ftp://${new URL(cloud.url).host}` },
    { origin: 'http://cloud.example.org' },
    { origin: 'https://cloud.example.org:8443' },
  ];
  for (const options of tries) {
    const opening = ConsoleSocket.open(cloud.url, token, options);
    await assert.rejects(opening, /refused: 403/, options.origin);
  }
  await using first = await ConsoleSocket.open(cloud.url, token, { origin: cloud.url });
  assert.equal(first.closed, undefined);
  for (const origin of ['https://cloud.example.org', 'https://c.example.org']) {
    const next = await consoleToken(cloud.demo, id, 'serial');
    await using own = await ConsoleSocket.open(cloud.url, next, { origin, path: '/websockify' });
    assert.equal(own.closed, undefined);
  }
});

test('whoever has no token, a wrong one or the wrong path stays outside', async () => {
  await using cloud = await startTestCloud();
  await assert.rejects(ConsoleSocket.open(cloud.url, ''), /refused: 403/);
  await assert.rejects(ConsoleSocket.open(cloud.url, 'x'.repeat(43)), /refused: 403/);
  await assert.rejects(ConsoleSocket.open(cloud.url, 'x', { path: '/v2.1' }), /refused: 404/);
  const other = await fetch(`${cloud.url}/v2.1`, { headers: { accept: 'application/json' } });
  assert.equal(other.status, 200);
});

test('a server that is off has no console to open', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const token = await consoleToken(cloud.demo, id, 'novnc');
  cloud.hosts.hypervisor.endGuest(id);
  await assert.rejects(ConsoleSocket.open(cloud.url, token), /refused: 409/);
});

test('so many look at one server and no more, until one leaves', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const open = async () =>
    ConsoleSocket.open(cloud.url, await consoleToken(cloud.demo, id, 'serial'));
  await using stack = new AsyncDisposableStack();
  const all = await Promise.all(Array.from({ length: limits.consolesPerServer }, open));
  for (const socket of all) stack.use(socket);
  await assert.rejects(open(), /refused: 429/);
  const [first, second] = all;
  first?.send('typed by one\r');
  await second?.says(/typed by one/);
  await first?.[Symbol.asyncDispose]();
  const again = await open();
  await again[Symbol.asyncDispose]();
});

test('a frame that is too long ends the console that sent it', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const token = await consoleToken(cloud.demo, id, 'serial');
  await using socket = await ConsoleSocket.open(cloud.url, token);
  socket.send(new Uint8Array(limits.consoleFrameBytes + 1));
  assert.equal((await socket.ends()).code, 1009);
});
