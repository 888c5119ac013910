import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import type { GuestSpec, HypervisorDriver } from '#drivers/hypervisor/hypervisor.ts';
import { greeted, type HypervisorFixture } from './contract.ts';

/** Two hosts between which guests can move; a guest of one has a twin with disks on the other. */
export interface TwoHosts extends AsyncDisposable {
  left: HypervisorFixture;
  right: HypervisorFixture;
  /** The same guest as the other host knows it, over disks of its own that hold nothing. */
  twin(guest: GuestSpec): Promise<GuestSpec>;
}

interface Scene {
  hosts: TwoHosts;
  left: HypervisorDriver;
  right: HypervisorDriver;
  guest: GuestSpec;
  twin: GuestSpec;
}

type MovingPromise = (scene: Scene) => Promise<void>;

/** What every driver promises of guests that go from host to host while they run. */
export function movingContract(name: string, makeHosts: () => Promise<TwoHosts>): void {
  describe(`guests of the ${name} hypervisor that move`, () => {
    for (const [sentence, body] of Object.entries(promises)) {
      test(sentence, async () => {
        await using hosts = await makeHosts();
        const [left, right] = [await hosts.left.open(), await hosts.right.open()];
        const guest = await hosts.left.guest('obedient');
        const twin = await hosts.twin(guest);
        await left.powerOn(guest);
        await greeted(left, hosts.left, guest);
        await body({ hosts, left, right, guest, twin });
        await left.close();
        await right.close();
      });
    }
  });
}

async function send({ left, right, guest, twin }: Scene): Promise<void> {
  const hardware = await left.hardwareOf(guest.id);
  const address = await right.prepareIncoming(twin, hardware, true);
  await left.migrateTo(guest.id, address);
}

const powerOn = async (driver: HypervisorDriver, id: string) => (await driver.guest(id))?.power;

const promises: Record<string, MovingPromise> = {
  'a guest goes on where it went, and nothing is left where it was': async (scene) => {
    const { hosts, left, right, guest } = scene;
    assert.equal(await left.hasLeft(guest.id), false);
    await send(scene);
    assert.deepEqual(
      [await left.hasLeft(guest.id), await right.hasArrived(guest.id)],
      [true, true],
    );
    await right.completeIncoming(guest.id, 'running');
    await right.completeIncoming(guest.id, 'running');
    assert.equal(await right.hasArrived(guest.id), false);
    assert.equal(await powerOn(right, guest.id), 'running');
    await right.dropIncoming(guest.id);
    await left.forgetDeparted(guest.id);
    assert.deepEqual(hosts.left.traces(guest.id), []);
    await right.forgetDeparted(guest.id);
    assert.equal(await powerOn(right, guest.id), 'running');
    await right.pressPowerButton(guest.id);
    assert.equal(await right.waitForOff(guest.id, 10_000), true);
    // It did not begin again.
    assert.equal((await right.consoleOutput(guest.id)).includes(hosts.right.greeting), false);
  },

  'a guest that stands still arrives like that, and there its vCPUs can go on': async (scene) => {
    const { left, right, guest } = scene;
    await left.pause(guest.id);
    await send(scene);
    await right.completeIncoming(guest.id, 'paused');
    assert.equal(await powerOn(right, guest.id), 'paused');
    await right.unpause(guest.id);
    assert.equal(await powerOn(right, guest.id), 'running');
  },

  'a guest that has left goes on where it was, once nobody has it': async (scene) => {
    const { hosts, left, right, guest } = scene;
    await send(scene);
    await right.dropIncoming(guest.id);
    assert.deepEqual(hosts.right.traces(guest.id), []);
    await left.abortMigration(guest.id, 'running');
    assert.equal(await left.hasLeft(guest.id), false);
    assert.equal(await powerOn(left, guest.id), 'running');
    await left.forgetDeparted(guest.id);
    await send(scene);
    await right.completeIncoming(guest.id, 'running');
    assert.equal(await powerOn(right, guest.id), 'running');
  },

  'drivers that are opened later find a guest in both places, and run it in one': async (scene) => {
    const { hosts, guest } = scene;
    await send(scene);
    await scene.left.close();
    await scene.right.close();
    const [left, right] = [await hosts.left.open(), await hosts.right.open()];
    assert.deepEqual(
      [await left.hasLeft(guest.id), await right.hasArrived(guest.id)],
      [true, true],
    );
    await right.completeIncoming(guest.id, 'running');
    await left.forgetDeparted(guest.id);
    assert.deepEqual(hosts.left.traces(guest.id), []);
    assert.equal(await powerOn(right, guest.id), 'running');
    await left.close();
    await right.close();
  },

  'a guest stays where nobody waits for it, where it runs, and where it was called off': async (
    scene,
  ) => {
    const { left, right, guest, twin } = scene;
    const hardware = await left.hardwareOf(guest.id);
    const address = await right.prepareIncoming(twin, hardware, true);
    await right.prepareIncoming(twin, hardware, true);
    await assert.rejects(left.prepareIncoming(guest, hardware, true), /runs here/);
    const reason = new Error('called off');
    await assert.rejects(left.migrateTo(guest.id, address, AbortSignal.abort(reason)), reason);
    await left.abortMigration(guest.id, 'running');
    await right.dropIncoming(guest.id);
    await assert.rejects(left.migrateTo(guest.id, address));
    await left.abortMigration(guest.id, 'running');
    assert.equal(await powerOn(left, guest.id), 'running');
    assert.equal(await left.migrationProgress(guest.id), undefined);
    await left.hastenMigration(guest.id);
    assert.equal(await powerOn(left, guest.id), 'running');
  },

  'what is asked of a guest that is nowhere does nothing, or is refused': async ({ left }) => {
    const id = randomUUID();
    await left.dropIncoming(id);
    await left.abortMigration(id, 'running');
    await left.forgetDeparted(id);
    assert.deepEqual([await left.hasLeft(id), await left.hasArrived(id)], [false, false]);
    await assert.rejects(left.hardwareOf(id), /off/);
    await assert.rejects(left.migrateTo(id, { memory: 'nowhere', disks: null }), /off/);
  },
};
