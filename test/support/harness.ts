import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Config } from '#base/config.ts';
import type { EngineFaults } from '#operations/operation.ts';
import { startTestCloud, type TestCloud, type TestCloudOptions } from './cloud.ts';
import { makeServer, statusOf } from './servers.ts';

/** One durable operation as a user asks for it, and what must be true when it is over. */
export interface Story {
  kind: string;
  steps: string[];
  /** Differs from the usual test cloud's. */
  config?: Partial<Config>;
  /** Which hosts there are, and what they have in common. */
  cloud?: Pick<TestCloudOptions, 'hosts' | 'areApart'>;
  /** What else is true at the end, whatever happened. */
  always?(cloud: TestCloud, serverId: string): Promise<void>;
  /** Brings a server to where the operation may be asked for. */
  prepare(cloud: TestCloud): Promise<string>;
  /** Asks; @returns the server's id, which for a creation is only known now. */
  ask(cloud: TestCloud, serverId: string): Promise<string>;
  done: string;
  /** What the server is when a step failed and everything was undone; null: not told here. */
  failed: string | null;
}

/** Asks by `POST …/action`. */
export const act = (body: object) => async (cloud: TestCloud, id: string) => {
  const { status } = await cloud.demo.post(`/v2.1/servers/${id}/action`, body);
  assert.equal(status, 202);
  return id;
};

/** Asks, and waits until nothing more happens. */
export async function done(cloud: TestCloud, id: string, body: object): Promise<void> {
  await act(body)(cloud, id);
  await cloud.cloud.services.operations.whenIdle();
}

/** Makes a server to which this was done. */
export const after = (body: object) => async (cloud: TestCloud) => {
  const id = await makeServer(cloud);
  await done(cloud, id, body);
  return id;
};

/** Faults that only meet the step under test, and only once it has been armed. */
function faultsAt(story: Story, step: string) {
  const state = { armed: false, met: Promise.withResolvers<void>() };
  const isHere = (kind: string, name: string) =>
    state.armed && kind === story.kind && name === step;
  return { state, isHere };
}

/** After a story: nothing is running, wired or stored that does not belong to a live server. */
async function assertNothingLeft(cloud: TestCloud, story: Story, id: string): Promise<void> {
  await story.always?.(cloud, id);
  const { body } = await cloud.admin.get('/v2.1/servers?all_tenants=1&soft_deleted=1');
  const live = new Set(body.servers.map((server: { id: string }) => server.id));
  const { guests, disks, ports } = cloud.hosts.leftovers();
  assert.deepEqual(
    guests.filter((id) => !live.has(id)),
    [],
    'guests without a server',
  );
  assert.deepEqual(
    disks.filter((id) => !live.has(id)),
    [],
    'disks without a server',
  );
  const known = await cloud.admin.get('/network/v2.0/ports');
  const owned = known.body.ports.filter((port: { device_owner: string }) =>
    port.device_owner.startsWith('compute:'),
  );
  for (const port of owned) assert.ok(live.has(port.device_id), `port of ${port.device_id}`);
  const ids = new Set(owned.map((port: { id: string }) => port.id));
  assert.deepEqual(
    ports.filter((id) => !ids.has(id)),
    [],
    'wires without a port',
  );
}

/** What is said to have failed of the newest action on the server. */
async function failureOf(cloud: TestCloud, id: string): Promise<string | null> {
  const { body } = await cloud.admin.get(`/v2.1/servers/${id}/os-instance-actions`);
  return body.instanceActions?.[0]?.message ?? null;
}

async function deleteAll(cloud: TestCloud, id: string): Promise<void> {
  // A story of deletion has done it already.
  if ((await statusOf(cloud.demo, id)) !== 'gone') await act({ forceDelete: null })(cloud, id);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal(await statusOf(cloud.demo, id), 'gone');
  assert.deepEqual(cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
}

const starting = (story: Story) => (faults: EngineFaults) =>
  startTestCloud({ faults, config: story.config ?? {}, ...story.cloud });

/** @param statuses what the server may be when everything was undone */
function failAt(story: Story, step: string, statuses: string[]): void {
  const start = starting(story);
  test(`says what became of the server when ${step} fails`, async () => {
    const { state, isHere } = faultsAt(story, step);
    const faults: EngineFaults = {
      beforeStep: async (kind, name) => {
        if (isHere(kind, name)) throw new Error('the harness failed this step');
      },
    };
    await using cloud = await start(faults);
    const prepared = await story.prepare(cloud);
    state.armed = true;
    const id = await story.ask(cloud, prepared);
    await cloud.cloud.services.operations.whenIdle();
    state.armed = false;
    const { body } = await cloud.admin.get(`/v2.1/servers/${id}`);
    assert.ok(statuses.includes(body.server.status), body.server.status);
    assert.equal(body.server['OS-EXT-STS:task_state'], null);
    if (body.server.status === 'ERROR') {
      assert.match(body.server.fault.details, /the harness failed this step/);
    }
    await assertNothingLeft(cloud, story, id);
    await deleteAll(cloud, id);
  });
}

/** Holds the operation before each of its steps, one after another, and deletes there. */
function deleteAtEach(story: Story): void {
  test('gives way to a deletion at each of its steps', async () => {
    let [stop, reached, released] = ['', Promise.withResolvers<void>(), Promise.resolve()];
    const beforeStep = async (kind: string, step: string) => {
      if (kind !== story.kind || step !== stop) return;
      reached.resolve();
      await released;
    };
    await using cloud = await starting(story)({ beforeStep });
    for (const next of story.steps) {
      const prepared = await story.prepare(cloud);
      const release = Promise.withResolvers<void>();
      [stop, reached, released] = [next, Promise.withResolvers<void>(), release.promise];
      const id = await story.ask(cloud, prepared);
      const idle = cloud.cloud.services.operations.whenIdle();
      await Promise.race([reached.promise, idle]);
      await act({ forceDelete: null })(cloud, id);
      stop = '';
      release.resolve();
      await cloud.cloud.services.operations.whenIdle();
      assert.equal(await statusOf(cloud.demo, id), 'gone', `deleted before ${next}`);
      const nothing = { guests: [], ports: [], disks: [] };
      assert.deepEqual(cloud.hosts.leftovers(), nothing, `deleted before ${next}`);
      const { absolute } = (await cloud.demo.get('/v2.1/limits')).body.limits;
      assert.deepEqual([absolute.totalInstancesUsed, absolute.totalCoresUsed], [0, 0], next);
    }
  });
}

/**
 * Repeats each step, fails each step, lets the process die before and after each step and deletes
 * the server there; then asserts what became of the server, and that nothing is left over.
 */
export function holdToHarness(story: Story): void {
  const start = starting(story);
  describe(`${story.kind}, interrupted at each step`, () => {
    // Its own deletion is what the others give way to.
    if (story.done !== 'gone') deleteAtEach(story);
    for (const step of story.steps) {
      test(`keeps its promise when ${step} is done twice`, async () => {
        const { state, isHere } = faultsAt(story, step);
        const faults: EngineFaults = {
          afterStep: async (kind, name) => (isHere(kind, name) ? 'repeat' : undefined),
        };
        await using cloud = await start(faults);
        const prepared = await story.prepare(cloud);
        state.armed = true;
        const id = await story.ask(cloud, prepared);
        await cloud.cloud.services.operations.whenIdle();
        assert.equal(await statusOf(cloud.demo, id), story.done);
        assert.equal(await failureOf(cloud, id), null);
        await assertNothingLeft(cloud, story, id);
        await deleteAll(cloud, id);
      });

      if (story.failed !== null) failAt(story, step, story.failed.split(' '));

      for (const moment of ['before', 'after'] as const) {
        test(`is finished by the next process when ours dies ${moment} ${step}`, async () => {
          const { state, isHere } = faultsAt(story, step);
          const dieHere = async (kind: string, name: string): Promise<undefined> => {
            if (!isHere(kind, name)) return undefined;
            state.met.resolve();
            return new Promise(() => undefined);
          };
          const faults: EngineFaults =
            moment === 'before' ? { beforeStep: dieHere } : { afterStep: dieHere };
          await using cloud = await start(faults);
          const prepared = await story.prepare(cloud);
          state.armed = true;
          const id = await story.ask(cloud, prepared);
          const met = state.met.promise.then(() => true);
          const idle = cloud.cloud.services.operations.whenIdle().then(() => false);
          assert.ok(await Promise.race([met, idle]), `${step} was reached`);
          state.armed = false;
          await cloud.restartAfterCrash();
          await cloud.cloud.services.operations.whenIdle();
          assert.equal(await statusOf(cloud.demo, id), story.done);
          await assertNothingLeft(cloud, story, id);
          if (story.done !== 'gone') await deleteAll(cloud, id);
        });
      }
    }
  });
}
