import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EngineFaults } from '#operations/operation.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer, serverBody, statusOf } from '#test/servers.ts';

/** Operations of a server other than its deletion, and how one gets to them. */
const operations = [
  { kind: 'create-server', steps: ['allocate-ports', 'make-disks', 'power-on', 'mark-active'] },
  { kind: 'start-server', steps: ['power-on', 'mark-active'], before: { 'os-stop': null } },
  { kind: 'stop-server', steps: ['power-off', 'mark-stopped'] },
  { kind: 'reboot-server', steps: ['power-off', 'power-on', 'mark-active'] },
];
const asks: Record<string, object> = {
  'start-server': { 'os-start': null },
  'stop-server': { 'os-stop': null },
  'reboot-server': { reboot: { type: 'SOFT' } },
};

/** Holds one step of one kind, once armed, until it is let go. */
function holdAt(kind: string, step: string, moment: 'before' | 'after') {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const hold = { armed: false, reached: reached.promise, release: released.resolve };
  const wait = async (heldKind: string, heldStep: string): Promise<undefined> => {
    if (!hold.armed || heldKind !== kind || heldStep !== step) return;
    reached.resolve();
    await released.promise;
  };
  const faults: EngineFaults = moment === 'before' ? { beforeStep: wait } : { afterStep: wait };
  return { ...hold, faults, arm: () => Object.assign(hold, { armed: true }) };
}

const idle = (cloud: TestCloud) => cloud.cloud.services.operations.whenIdle();

async function act(cloud: TestCloud, id: string, action: object): Promise<void> {
  const { status, body } = await cloud.demo.post(`/v2.1/servers/${id}/action`, action);
  assert.equal(status, 202, JSON.stringify(body));
}

async function assertNothingLeft(cloud: TestCloud, id: string): Promise<void> {
  assert.equal(await statusOf(cloud.demo, id), 'gone');
  assert.deepEqual(cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
  const ports = await cloud.demo.get(`/network/v2.0/ports?device_id=${id}`);
  assert.deepEqual(ports.body.ports, []);
  const { body } = await cloud.demo.get('/v2.1/limits');
  assert.equal(body.limits.absolute.totalInstancesUsed, 0);
  assert.equal(body.limits.absolute.totalCoresUsed, 0);
}

async function deleteServer(cloud: TestCloud, id: string): Promise<void> {
  assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
  await idle(cloud);
  await assertNothingLeft(cloud, id);
}

/** Brings the operation to the step that is held. @returns the server's id. */
async function reach(
  cloud: TestCloud,
  operation: (typeof operations)[number],
  hold: ReturnType<typeof holdAt>,
): Promise<string> {
  const ask = asks[operation.kind];
  if (!ask) {
    hold.arm();
    const { body } = await cloud.demo.post('/v2.1/servers', await serverBody(cloud.demo));
    await hold.reached;
    return body.server.id;
  }
  const id = await makeServer(cloud);
  if (operation.before) {
    await act(cloud, id, operation.before);
    await idle(cloud);
  }
  hold.arm();
  await act(cloud, id, ask);
  await hold.reached;
  return id;
}

for (const operation of operations) {
  describe(`a deletion during ${operation.kind}`, () => {
    for (const step of operation.steps) {
      for (const moment of ['before', 'after'] as const) {
        test(`takes over ${moment} ${step} and leaves nothing`, async () => {
          const hold = holdAt(operation.kind, step, moment);
          await using cloud = await startTestCloud({ faults: hold.faults });
          const id = await reach(cloud, operation, hold);
          assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
          const { body } = await cloud.demo.get(`/v2.1/servers/${id}`);
          assert.equal(body.server['OS-EXT-STS:task_state'], 'deleting');
          hold.release();
          await idle(cloud);
          await assertNothingLeft(cloud, id);
        });
      }

      test(`also when the process dies at ${step} after both were asked for`, async () => {
        const hold = holdAt(operation.kind, step, 'before');
        await using cloud = await startTestCloud({ faults: hold.faults });
        const id = await reach(cloud, operation, hold);
        assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
        await cloud.restartAfterCrash({ faults: {} });
        await idle(cloud);
        await assertNothingLeft(cloud, id);
      });
    }
  });
}

describe('a deletion', () => {
  test('is legal in every state of rest', async () => {
    await using cloud = await startTestCloud();
    const active = await makeServer(cloud);
    await deleteServer(cloud, active);
    const stopped = await makeServer(cloud);
    await act(cloud, stopped, { 'os-stop': null });
    await idle(cloud);
    assert.equal(await statusOf(cloud.demo, stopped), 'SHUTOFF');
    await deleteServer(cloud, stopped);
    cloud.hosts.hypervisor.failNext('powerOn');
    const broken = await makeServer(cloud);
    assert.equal(await statusOf(cloud.demo, broken), 'ERROR');
    await deleteServer(cloud, broken);
  });

  test('of a server for which no host has room leaves nothing', async () => {
    await using cloud = await startTestCloud();
    const flavor = { name: 'huge', vcpus: 2_000_000, ram: 512, disk: 1 };
    const made = await cloud.admin.post('/v2.1/flavors', { flavor });
    const id = await makeServer(cloud, { flavorRef: made.body.flavor.id });
    assert.equal(await statusOf(cloud.demo, id), 'ERROR');
    await deleteServer(cloud, id);
  });

  test('asked for again and again is one deletion', async () => {
    const hold = holdAt('delete-server', 'remove-guest', 'before');
    await using cloud = await startTestCloud({ faults: hold.faults });
    const id = await makeServer(cloud);
    hold.arm();
    const ask = () => cloud.demo.delete(`/v2.1/servers/${id}`);
    const answers = await Promise.all([ask(), ask(), ask()]);
    for (const { status } of answers) assert.equal(status, 204);
    await hold.reached;
    assert.equal((await ask()).status, 204);
    hold.release();
    await idle(cloud);
    await assertNothingLeft(cloud, id);
    assert.equal((await ask()).status, 404);
    assert.equal(cloud.hosts.hypervisor.calls.get('remove'), 1);
  });

  test('forbids what is asked for after it', async () => {
    const hold = holdAt('delete-server', 'remove-disks', 'before');
    await using cloud = await startTestCloud({ faults: hold.faults });
    const id = await makeServer(cloud);
    hold.arm();
    await cloud.demo.delete(`/v2.1/servers/${id}`);
    await hold.reached;
    for (const action of [{ 'os-stop': null }, { reboot: { type: 'HARD' } }]) {
      const { status } = await cloud.demo.post(`/v2.1/servers/${id}/action`, action);
      assert.equal(status, 409);
    }
    hold.release();
    await idle(cloud);
    await assertNothingLeft(cloud, id);
  });

  test('keeps a port that the user made, free for the next server', async () => {
    await using cloud = await startTestCloud();
    const networks = await cloud.demo.get('/network/v2.0/networks?name=private');
    const port = { network_id: networks.body.networks[0].id };
    const made = await cloud.demo.post('/network/v2.0/ports', { port });
    const portId = made.body.port.id;
    for (const _ of ['first', 'second']) {
      const id = await makeServer(cloud, { networks: [{ port: portId }] });
      assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
      await deleteServer(cloud, id);
      const { body } = await cloud.demo.get(`/network/v2.0/ports/${portId}`);
      assert.equal(body.port.device_id, '');
      assert.equal(body.port.status, 'DOWN');
    }
  });
});

/** Drivers' calls that a deletion needs. */
const deletionCalls = [
  { on: 'hypervisor', method: 'remove' },
  { on: 'network', method: 'unplugPort' },
  { on: 'storage', method: 'deleteDisks' },
] as const;

describe('a deletion that its host does not let through', () => {
  for (const { on, method } of deletionCalls) {
    for (const when of ['before', 'after'] as const) {
      test(`because ${method} fails ${when} the deed ends in ERROR, can be repeated`, async () => {
        await using cloud = await startTestCloud();
        const id = await makeServer(cloud);
        const host: { failNext(name: string, options: object): void } = cloud.hosts[on];
        host.failNext(method, { when, error: new Error('no such luck') });
        await cloud.demo.delete(`/v2.1/servers/${id}`);
        await idle(cloud);
        const { body } = await cloud.admin.get(`/v2.1/servers/${id}`);
        assert.equal(body.server['OS-EXT-STS:task_state'], null);
        if (body.server.status !== 'ACTIVE') {
          assert.equal(body.server.status, 'ERROR');
          assert.match(body.server.fault.details, /no such luck/);
        }
        await deleteServer(cloud, id);
      });
    }
  }
});
