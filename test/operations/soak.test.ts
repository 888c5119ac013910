import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VmState } from '#compute/servers/status.ts';
import { askForAction } from '#test/action-bodies.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { act } from '#test/harness.ts';
import { askAtRandom, type Shown, seededChance, serversOf } from './soak-cloud.ts';

const asked = 500;
const mostServers = 8;
/** Requests between two deaths of the process, on average. */
const lifetime = 20;

/** The guest that each state promises; where none is named, none may be left on any host. */
const guests: Partial<Record<VmState, 'running' | 'paused' | 'suspended'>> = {
  active: 'running',
  rescued: 'running',
  paused: 'paused',
  suspended: 'suspended',
};

/** A server that was resized while it was off stays off until it is confirmed. */
const guestOf = ({ vmState, powerState }: Shown): string =>
  vmState === 'resized' && powerState === 1 ? 'running' : (guests[vmState] ?? 'off');

for (const seed of [1, 2]) {
  test(`${asked} requests and many deaths leave what was promised, seed ${seed}`, async () => {
    const chance = seededChance(seed);
    const config = { reclaimAfterMs: 3_600_000 };
    const hosts = [{ name: 'one' }, { name: 'two' }, { name: 'three' }];
    await using cloud = await startTestCloud({ config, hosts, gracefulShutdownMs: 20 });
    const story: string[] = [];
    try {
      for (let round = 0; round < asked; round += 1) {
        story.push(await askAtRandom(cloud, mostServers, chance));
        if (chance() < 1 / lifetime) {
          story.push('the process dies');
          await cloud.restartAfterCrash();
        } else if (chance() < 0.3) await cloud.cloud.services.operations.whenIdle();
      }
      await cloud.cloud.services.operations.whenIdle();
      await assertPromises(cloud);
      await deleteAll(cloud);
    } catch (error) {
      throw new Error(`seed ${seed}:\n${story.join('\n')}`, { cause: error });
    }
  });
}

async function assertPromises(cloud: TestCloud): Promise<void> {
  const servers = await serversOf(cloud);
  for (const server of servers) {
    const name = `${server.id} is ${server.vmState}`;
    assert.equal(server.taskState, null, name);
    assert.notEqual(server.vmState, 'error', name);
    assert.notEqual(server.vmState, 'building', name);
    const guest = cloud.hosts.hypervisor.guests.get(server.id);
    assert.equal(guest?.power ?? 'off', guestOf(server), name);
  }
  await assertQuota(cloud, await confirmed(cloud, servers));
  const live = new Set(servers.map(({ id }) => id));
  const { guests: left, disks, ports } = cloud.hosts.leftovers();
  assert.deepEqual(
    [...left, ...disks].filter((id) => !live.has(id)),
    [],
  );
  const known = await cloud.admin.get('/network/v2.0/ports');
  const owned = known.body.ports.filter((port: { device_id: string }) => live.has(port.device_id));
  const ids = new Set(owned.map(({ id }: { id: string }) => id));
  assert.deepEqual(
    ports.filter((id) => !ids.has(id)),
    [],
  );
}

/** What both sizes of a resize hold is counted until it is confirmed. */
async function confirmed(cloud: TestCloud, servers: readonly Shown[]): Promise<Shown[]> {
  for (const { id, vmState } of servers) {
    if (vmState !== 'resized') continue;
    const { status } = await askForAction(cloud, id, { body: { confirmResize: null } });
    assert.equal(status, 204);
  }
  await cloud.cloud.services.operations.whenIdle();
  return serversOf(cloud);
}

/** What is counted is what is there; what waits for its deletion is not. */
async function assertQuota(cloud: TestCloud, servers: readonly Shown[]): Promise<void> {
  const path = `/v2.1/os-quota-sets/${cloud.demo.projectId}/detail`;
  const { quota_set } = (await cloud.admin.get(path)).body;
  const counted = servers.filter(({ vmState }) => vmState !== 'soft-delete');
  const sum = (of: (server: Shown) => number) => counted.reduce((all, one) => all + of(one), 0);
  assert.equal(quota_set.instances.in_use, counted.length);
  assert.equal(
    quota_set.cores.in_use,
    sum(({ flavor }) => flavor.vcpus),
  );
  assert.equal(
    quota_set.ram.in_use,
    sum(({ flavor }) => flavor.ram),
  );
}

async function deleteAll(cloud: TestCloud): Promise<void> {
  for (const { id } of await serversOf(cloud)) await act({ forceDelete: null })(cloud, id);
  await cloud.cloud.services.operations.whenIdle();
  assert.deepEqual(await serversOf(cloud), []);
  await assertQuota(cloud, []);
  assert.deepEqual(cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
}
