import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { limits } from '#base/limits.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import { startTestCloud } from '#test/cloud.ts';
import { act } from '#test/harness.ts';
import { makeServer, statusOf } from '#test/servers.ts';

const turnsPerRound = 200;
const stray = '11111111-1111-4111-8111-111111111111';

/** A cloud whose rounds come when the test lets time pass. */
async function openPlace() {
  const clock = new VirtualClock(Date.now());
  const cloud = await startTestCloud({ clock });
  return {
    cloud,
    clock,
    ...cloud.hosts,
    /** Time passes until it is so, slowly enough for a round to end before the next. */
    until: async (isSo: () => boolean | Promise<boolean>) => {
      for (let turn = 0; !(await isSo()); turn += 1) {
        if (turn % turnsPerRound === 0) await clock.advance(limits.dueMs);
        await setImmediate();
      }
    },
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

test('a running server whose wire was taken away gets a new card, and is asked once', async () => {
  await using place = await openPlace();
  const id = await makeServer(place.cloud);
  place.hypervisor.deadWires.add(id);
  const { examiner } = place.cloud.cloud.services.compute;
  assert.deepEqual((await examiner.examine())[0]?.wirelessIds, [id]);
  place.hypervisor.failNext('reviveNics', { error: new Error('the guest did not let go') });
  await place.until(() => (place.hypervisor.calls.get('reviveNics') ?? 0) > 0);
  await place.cloud.cloud.services.operations.whenIdle();
  assert.equal(place.hypervisor.deadWires.has(id), true);
  assert.equal(await statusOf(place.cloud.demo, id), 'ACTIVE', 'its failure changes nothing');
  await place.until(() => !place.hypervisor.deadWires.has(id));
  assert.equal(place.hypervisor.calls.get('reviveNics'), 2);
});

test('a server that is off and whose disk is gone is in error until the disk is back', async () => {
  await using place = await openPlace();
  const { demo } = place.cloud;
  const [id, running] = [await makeServer(place.cloud), await makeServer(place.cloud)];
  await act({ 'os-stop': null })(place.cloud, id);
  await place.cloud.cloud.services.operations.whenIdle();
  const disk = place.storage.rootDisks.get(id);
  assert.ok(disk);
  for (const lost of [id, running]) place.storage.rootDisks.delete(lost);
  await place.until(async () => (await statusOf(demo, id)) === 'ERROR');
  const { fault } = (await demo.get(`/v2.1/servers/${id}`)).body.server;
  assert.match(fault.message, /disk of the server is gone.*rebuild/);
  assert.equal(await statusOf(demo, running), 'ACTIVE', 'a guest that runs has its disk');
  place.storage.rootDisks.set(id, disk);
  await place.until(async () => (await statusOf(demo, id)) === 'SHUTOFF');
  place.storage.rootDisks.delete(id);
  await place.until(async () => (await statusOf(demo, id)) === 'ERROR');
  const imageRef = (await demo.get(`/v2.1/servers/${id}`)).body.server.image.id;
  const rebuilt = await demo.post(`/v2.1/servers/${id}/action`, { rebuild: { imageRef } });
  assert.equal(rebuilt.status, 202);
  await place.cloud.cloud.services.operations.whenIdle();
  assert.equal(place.storage.rootDisks.has(id), true);
});

test('what is of no server is removed after a while, and nothing before or else', async () => {
  await using place = await openPlace();
  const id = await makeServer(place.cloud);
  const spec = place.hypervisor.guests.get(id)?.spec;
  const disk = place.storage.rootDisks.get(id);
  const [port] = place.network.ports.values();
  assert.ok(spec && disk && port);
  place.hypervisor.startGuest({ ...spec, id: stray });
  place.storage.rootDisks.set(stray, { ...disk, diskId: stray });
  place.network.ports.set(stray, { ...port, id: stray });
  const startMs = place.clock.nowMs();
  await place.until(() => !place.storage.rootDisks.has(stray));
  assert.ok(place.clock.nowMs() - startMs >= limits.leftoverGraceMs);
  await place.until(() => !place.network.ports.has(stray) && !place.hypervisor.guests.has(stray));
  assert.equal(place.hypervisor.guests.get(id)?.power, 'running');
  assert.deepEqual([...place.storage.rootDisks.keys()], [id]);
  assert.deepEqual([...place.network.ports.keys()], [port.id]);
});
