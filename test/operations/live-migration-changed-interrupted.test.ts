import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Answered } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { holdToHarness, type Story } from '#test/harness.ts';
import { migrationStatuses, shown } from '#test/resizes.ts';
import { makeServer } from '#test/servers.ts';
import { isOnOneHost } from './one-host.ts';

const options = { hosts: [{ name: 'east' }, { name: 'west' }], areApart: true };
const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const hostOf = async (cloud: TestCloud, id: string): Promise<string> =>
  (await shown(cloud, id))['OS-EXT-SRV-ATTR:host'];

async function migrate(cloud: TestCloud, id: string): Promise<void> {
  const body = { 'os-migrateLive': { host: null, block_migration: 'auto' } };
  const { status } = await cloud.admin.post(`/v2.1/servers/${id}/action`, body, at('2.34'));
  assert.equal(status, 202);
}

async function migrationPath(cloud: TestCloud, id: string): Promise<string> {
  const { body } = await cloud.admin.get(`/v2.1/os-migrations?instance_uuid=${id}`);
  return `/v2.1/servers/${id}/migrations/${body.migrations.at(-1).id}`;
}

/** A server on its way that does not come to its end by itself. */
async function startEndless(cloud: TestCloud): Promise<string> {
  const id = await makeServer(cloud);
  for (const { hypervisor } of cloud.hosts.machines.values()) {
    hypervisor.moves.neverConverges = true;
  }
  await migrate(cloud, id);
  await eventually('the guest is on its way', () =>
    [...cloud.hosts.machines.values()].some(({ hypervisor }) => hypervisor.moves.progress(id)),
  );
  return id;
}

const abort = async (cloud: TestCloud, id: string): Promise<Answered> =>
  cloud.admin.delete(await migrationPath(cloud, id), at('2.65'));
const force = async (cloud: TestCloud, id: string): Promise<Answered> =>
  cloud.admin.post(
    `${await migrationPath(cloud, id)}/action`,
    { force_complete: null },
    at('2.22'),
  );

const asked = (request: typeof abort) => async (cloud: TestCloud, id: string) => {
  assert.equal((await request(cloud, id)).status, 202);
  return id;
};
const shared = { cloud: options, prepare: startEndless, always: isOnOneHost('running') };

const stories: Story[] = [
  {
    ...shared,
    kind: 'abort-live-migration',
    steps: ['stay', 'mark-cancelled'],
    ask: asked(abort),
    done: 'ACTIVE',
    failed: 'ACTIVE',
  },
  {
    ...shared,
    kind: 'hasten-live-migration',
    steps: ['stand-still', 'mark-forced'],
    ask: asked(force),
    done: 'ACTIVE',
    // Then it is still on its way, see below.
    failed: null,
  },
];

for (const story of stories) holdToHarness(story);

test('a migration that could not be forced goes on, and can be called off', async () => {
  const faults = {
    beforeStep: async (kind: string, step: string) => {
      if (`${kind} ${step}` === 'hasten-live-migration stand-still') throw new Error('not now');
    },
  };
  await using cloud = await startTestCloud({ ...options, faults });
  const id = await startEndless(cloud);
  const source = await hostOf(cloud, id);
  assert.equal((await force(cloud, id)).status, 202);
  const path = `/v2.1/servers/${id}/os-instance-actions`;
  await eventually('the action says that it failed', async () => {
    const { body } = await cloud.admin.get(path);
    const [last] = body.instanceActions;
    return last.action === 'live_migration_force_complete' && last.message === 'Error';
  });
  assert.equal((await shown(cloud, id)).status, 'MIGRATING');
  assert.equal((await abort(cloud, id)).status, 202);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal(await hostOf(cloud, id), source);
  await isOnOneHost('running')(cloud, id);
});

/** Where a request lands while the migration works, and what it is answered there. */
interface Landing {
  step: string;
  moment: 'before' | 'after';
  abort: number;
  force: number;
}

const landings: Landing[] = [
  { step: 'prepare-target', moment: 'before', abort: 202, force: 400 },
  { step: 'prepare-target', moment: 'after', abort: 202, force: 400 },
  { step: 'move-guest', moment: 'before', abort: 202, force: 400 },
  { step: 'move-guest', moment: 'after', abort: 202, force: 202 },
  { step: 'change-sides', moment: 'before', abort: 202, force: 202 },
  { step: 'change-sides', moment: 'after', abort: 400, force: 400 },
  { step: 'go-on', moment: 'before', abort: 400, force: 400 },
  { step: 'go-on', moment: 'after', abort: 400, force: 400 },
  { step: 'mark-arrived', moment: 'before', abort: 400, force: 400 },
  { step: 'mark-arrived', moment: 'after', abort: 409, force: 409 },
  { step: 'leave-source', moment: 'after', abort: 409, force: 409 },
];

/** A cloud in which the request is made at that moment, once. */
async function landAt({ step, moment }: Landing, request: typeof abort, dies: boolean) {
  const landed = Promise.withResolvers<number>();
  let target: { cloud: TestCloud; id: string } | undefined;
  const land = async (kind: string, name: string): Promise<undefined> => {
    if (!target || kind !== 'live-migrate-server' || name !== step) return undefined;
    const { cloud, id } = target;
    target = undefined;
    landed.resolve((await request(cloud, id)).status);
    return dies ? new Promise(() => undefined) : undefined;
  };
  const faults = moment === 'before' ? { beforeStep: land } : { afterStep: land };
  const cloud = await startTestCloud({ ...options, faults });
  const id = await makeServer(cloud);
  target = { cloud, id };
  return { cloud, id, landed: landed.promise };
}

describe('a live migration to whose steps a request comes', () => {
  for (const landing of landings) {
    const where = `${landing.moment} ${landing.step}`;
    for (const dies of [false, true]) {
      const then = dies ? ', and our process dies then' : '';
      test(`is called off ${where}, or it is too late${then}`, async () => {
        const { cloud: opened, id, landed } = await landAt(landing, abort, dies);
        await using cloud = opened;
        const source = await hostOf(cloud, id);
        await migrate(cloud, id);
        assert.equal(await landed, landing.abort);
        if (dies) await cloud.restartAfterCrash();
        await cloud.cloud.services.operations.whenIdle();
        const isOff = landing.abort === 202;
        assert.equal((await shown(cloud, id)).status, 'ACTIVE');
        assert.equal((await hostOf(cloud, id)) === source, isOff);
        assert.deepEqual(await migrationStatuses(cloud, id), [isOff ? 'cancelled' : 'completed']);
        await isOnOneHost('running')(cloud, id);
      });
    }

    test(`is forced ${where}, and ends where it was to`, async () => {
      const { cloud: opened, id, landed } = await landAt(landing, force, false);
      await using cloud = opened;
      const source = await hostOf(cloud, id);
      await migrate(cloud, id);
      assert.equal(await landed, landing.force);
      await cloud.cloud.services.operations.whenIdle();
      assert.equal((await shown(cloud, id)).status, 'ACTIVE');
      assert.notEqual(await hostOf(cloud, id), source);
      assert.deepEqual(await migrationStatuses(cloud, id), ['completed']);
      await isOnOneHost('running')(cloud, id);
    });
  }
});
