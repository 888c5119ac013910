import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { type Clock, systemClock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import { type Log, silentLog } from '#base/log.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { ConsoleSocket, consoleToken } from '#test/consoles.ts';
import { eventually } from '#test/eventually.ts';
import { makeServer } from '#test/servers.ts';

const rights = { code: 1008, reason: 'the right to this console ended' };
const guest = { code: 1001, reason: 'the console of the server ended' };

/** A clock whose waits end at once when they are as long as a console's own looks. */
function skipping() {
  let aheadMs = 0;
  const clock: Clock = {
    nowMs: () => systemClock.nowMs() + aheadMs,
    sleep: (ms, signal) =>
      systemClock.sleep(ms === limits.consoleCheckMs && aheadMs > 0 ? 1 : ms, signal),
  };
  return { clock, skip: (ms: number) => (aheadMs += ms) };
}

async function openBoth(cloud: TestCloud, id: string) {
  const open = async (type: 'novnc' | 'serial') =>
    ConsoleSocket.open(cloud.url, await consoleToken(cloud.demo, id, type));
  return Promise.all([open('novnc'), open('serial')]);
}

test('deleting a server or stopping it ends its consoles at once, and no others', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const [one, two, three] = [
    await makeServer(cloud),
    await makeServer(cloud),
    await makeServer(cloud),
  ];
  const deleted = await openBoth(cloud, one);
  const stopped = await openBoth(cloud, two);
  const others = await openBoth(cloud, three);
  await demo.delete(`/v2.1/servers/${one}`);
  for (const socket of deleted) assert.deepEqual(await socket.ends(), guest);
  await demo.post(`/v2.1/servers/${two}/action`, { 'os-stop': null });
  for (const socket of stopped) assert.deepEqual(await socket.ends(), guest);
  for (const socket of others) {
    assert.equal(socket.closed, undefined);
    await socket[Symbol.asyncDispose]();
  }
});

test('taking a role away ends the consoles of the user, by the change itself', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const member = await cloud.userOf('demo', 'member');
  const token = await consoleToken(member, id, 'serial');
  await using socket = await ConsoleSocket.open(cloud.url, token);
  await using other = await ConsoleSocket.open(
    cloud.url,
    await consoleToken(cloud.demo, id, 'serial'),
  );
  const late = await consoleToken(member, id, 'serial');
  const { body } = await cloud.admin.get('/v3/roles?name=member');
  const path = `/v3/projects/${member.projectId}/users/${member.userId}`;
  await cloud.admin.delete(`${path}/roles/${body.roles[0].id}`);
  assert.deepEqual(await socket.ends(), rights);
  await assert.rejects(ConsoleSocket.open(cloud.url, late), /refused: 403/);
  assert.equal(other.closed, undefined, 'the other user keeps looking');
});

test('disabling the user or revoking the token ends the console', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const [disabled, revoked] = [
    await cloud.userOf('demo', 'member'),
    await cloud.userOf('demo', 'member'),
  ];
  await using first = await ConsoleSocket.open(
    cloud.url,
    await consoleToken(disabled, id, 'serial'),
  );
  await using second = await ConsoleSocket.open(
    cloud.url,
    await consoleToken(revoked, id, 'novnc'),
  );
  await cloud.admin.patch(`/v3/users/${disabled.userId}`, { user: { enabled: false } });
  assert.deepEqual(await first.ends(), rights);
  assert.equal(second.closed, undefined);
  await revoked.delete('/v3/auth/tokens', { 'x-subject-token': revoked.token ?? '' });
  assert.deepEqual(await second.ends(), rights);
});

test('a console ends with the token by which it was asked for', async () => {
  const { clock, skip } = skipping();
  skip(1);
  await using cloud = await startTestCloud({ clock });
  const id = await makeServer(cloud);
  const [socket] = await openBoth(cloud, id);
  skip(limits.tokenLifetimeMs);
  assert.deepEqual(await socket.ends(), rights);
});

test('a console whose user sends nothing for an hour is closed', async () => {
  const { clock, skip } = skipping();
  skip(1);
  await using cloud = await startTestCloud({ clock });
  const id = await makeServer(cloud);
  const [socket, other] = await openBoth(cloud, id);
  const asked = once(other.socket, 'ping');
  skip(limits.consoleIdleMs - 60_000);
  await asked;
  // What is sent now arrives after the answer to that.
  other.send('still here\r');
  await other.says(/still here/);
  skip(60_000);
  assert.deepEqual(await socket.ends(), { code: 1000, reason: 'nothing was sent for a long time' });
  assert.equal(other.closed, undefined);
  await other[Symbol.asyncDispose]();
});

test('a peer that answers no more is given up', async () => {
  const { clock, skip } = skipping();
  skip(1);
  const lines: string[] = [];
  const log: Log = { ...silentLog, info: (_facts, sentence) => void lines.push(sentence) };
  await using cloud = await startTestCloud({ clock, log });
  const id = await makeServer(cloud);
  const [deaf, answering] = await openBoth(cloud, id);
  // A paused socket reads no ping, as one whose machine is gone.
  deaf.socket.pause();
  const closed = () => lines.filter((line) => line === 'a console was closed').length;
  for (const round of ['first', 'second']) {
    const asked = once(answering.socket, 'ping');
    skip(limits.consolePingMs);
    await asked;
    // What is sent now arrives after the answer to that.
    answering.send(round);
    await answering.says(new RegExp(round));
  }
  await eventually('the deaf one given up', () => closed() > 0);
  assert.equal(closed(), 1);
  assert.equal(answering.closed, undefined);
  for (const socket of [deaf, answering]) {
    socket.socket.resume();
    await socket[Symbol.asyncDispose]();
  }
});

test('a cloud that stops says so', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const sockets = await openBoth(cloud, id);
  await cloud.restart();
  for (const socket of sockets) {
    assert.deepEqual(await socket.ends(), { code: 1012, reason: 'the service stops' });
  }
});
