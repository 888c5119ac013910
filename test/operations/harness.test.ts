import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EngineFaults } from '#operations/operation.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer, serverBody, statusOf } from '#test/servers.ts';

/** One durable operation as a user asks for it, and what must be true when it is over. */
interface Story {
  kind: string;
  steps: string[];
  /** Brings a server to where the operation may be asked for. */
  prepare(cloud: TestCloud): Promise<string>;
  /** Asks; @returns the server's id, which for a creation is only known now. */
  ask(cloud: TestCloud, serverId: string): Promise<string>;
  done: string;
  /** What the server is when a step failed and everything was undone. */
  failed: string;
}

const act = (body: object) => async (cloud: TestCloud, id: string) => {
  const { status } = await cloud.demo.post(`/v2.1/servers/${id}/action`, body);
  assert.equal(status, 202);
  return id;
};

async function makeStopped(cloud: TestCloud): Promise<string> {
  const id = await makeServer(cloud);
  await act({ 'os-stop': null })(cloud, id);
  await cloud.cloud.services.operations.whenIdle();
  return id;
}

async function askForServer(cloud: TestCloud): Promise<string> {
  const made = await cloud.demo.post('/v2.1/servers', await serverBody(cloud.demo));
  assert.equal(made.status, 202);
  return made.body.server.id;
}

async function attachCard(cloud: TestCloud, id: string): Promise<string> {
  const { status } = await cloud.demo.post(`/v2.1/servers/${id}/os-interface`, {
    interfaceAttachment: {},
  });
  assert.equal(status, 200);
  return id;
}

async function detachCard(cloud: TestCloud, id: string): Promise<string> {
  const path = `/v2.1/servers/${id}/os-interface`;
  const card = (await cloud.demo.get(path)).body.interfaceAttachments.at(-1);
  assert.equal((await cloud.demo.delete(`${path}/${card.port_id}`)).status, 202);
  return id;
}

const stories: Story[] = [
  {
    kind: 'create-server',
    steps: ['allocate-ports', 'make-disks', 'power-on', 'mark-active'],
    prepare: async () => '',
    ask: askForServer,
    done: 'ACTIVE',
    failed: 'ERROR',
  },
  {
    kind: 'start-server',
    steps: ['power-on', 'mark-active'],
    prepare: makeStopped,
    ask: act({ 'os-start': null }),
    done: 'ACTIVE',
    failed: 'ERROR',
  },
  {
    kind: 'stop-server',
    steps: ['power-off', 'mark-stopped'],
    prepare: (cloud) => makeServer(cloud),
    ask: act({ 'os-stop': null }),
    done: 'SHUTOFF',
    failed: 'ACTIVE ERROR',
  },
  {
    kind: 'reboot-server',
    steps: ['power-off', 'power-on', 'mark-active'],
    prepare: (cloud) => makeServer(cloud),
    ask: act({ reboot: { type: 'SOFT' } }),
    done: 'ACTIVE',
    failed: 'ACTIVE ERROR',
  },
  {
    kind: 'delete-server',
    steps: ['remove-guest', 'remove-wires', 'release-ports', 'remove-disks', 'mark-deleted'],
    prepare: (cloud) => makeServer(cloud),
    ask: async (cloud, id) => {
      assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
      return id;
    },
    done: 'gone',
    failed: 'ACTIVE ERROR',
  },
  {
    kind: 'attach-interface',
    steps: ['plug-card'],
    prepare: (cloud) => makeServer(cloud),
    ask: attachCard,
    done: 'ACTIVE',
    failed: 'ACTIVE',
  },
  {
    kind: 'detach-interface',
    steps: ['unplug-card', 'release-port'],
    prepare: async (cloud) => {
      const id = await makeServer(cloud);
      await attachCard(cloud, id);
      await cloud.cloud.services.operations.whenIdle();
      return id;
    },
    ask: detachCard,
    done: 'ACTIVE',
    failed: 'ACTIVE',
  },
];

/** Faults that only meet the step under test, and only once it has been armed. */
function faultsAt(story: Story, step: string) {
  const state = { armed: false, met: Promise.withResolvers<void>() };
  const isHere = (kind: string, name: string) =>
    state.armed && kind === story.kind && name === step;
  return { state, isHere };
}

/** After a story: nothing is running, wired or stored that does not belong to a live server. */
async function assertNothingLeft(cloud: TestCloud): Promise<void> {
  const { body } = await cloud.admin.get('/v2.1/servers?all_tenants=1');
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

async function deleteAll(cloud: TestCloud, id: string): Promise<void> {
  await cloud.demo.delete(`/v2.1/servers/${id}`);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal(await statusOf(cloud.demo, id), 'gone');
  assert.deepEqual(cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
}

for (const story of stories) {
  describe(`${story.kind}, interrupted at each step`, () => {
    for (const step of story.steps) {
      test(`keeps its promise when ${step} is done twice`, async () => {
        const { state, isHere } = faultsAt(story, step);
        const faults: EngineFaults = {
          afterStep: async (kind, name) => (isHere(kind, name) ? 'repeat' : undefined),
        };
        await using cloud = await startTestCloud({ faults });
        const prepared = await story.prepare(cloud);
        state.armed = true;
        const id = await story.ask(cloud, prepared);
        await cloud.cloud.services.operations.whenIdle();
        assert.equal(await statusOf(cloud.demo, id), story.done);
        await assertNothingLeft(cloud);
        await deleteAll(cloud, id);
      });

      test(`says what became of the server when ${step} fails`, async () => {
        const { state, isHere } = faultsAt(story, step);
        const faults: EngineFaults = {
          beforeStep: async (kind, name) => {
            if (isHere(kind, name)) throw new Error('the harness failed this step');
          },
        };
        await using cloud = await startTestCloud({ faults });
        const prepared = await story.prepare(cloud);
        state.armed = true;
        const id = await story.ask(cloud, prepared);
        await cloud.cloud.services.operations.whenIdle();
        state.armed = false;
        const { body } = await cloud.admin.get(`/v2.1/servers/${id}`);
        assert.ok(story.failed.split(' ').includes(body.server.status), body.server.status);
        assert.equal(body.server['OS-EXT-STS:task_state'], null);
        if (body.server.status === 'ERROR') {
          assert.match(body.server.fault.details, /the harness failed this step/);
        }
        await assertNothingLeft(cloud);
        await deleteAll(cloud, id);
      });

      for (const moment of ['before', 'after'] as const) {
        test(`is finished by the next process when ours dies ${moment} ${step}`, async () => {
          const { state, isHere } = faultsAt(story, step);
          const dieHere = async (kind: string, name: string): Promise<undefined> => {
            if (!isHere(kind, name)) return undefined;
            state.met.resolve();
            // A process that died says nothing more.
            return new Promise(() => undefined);
          };
          const faults: EngineFaults =
            moment === 'before' ? { beforeStep: dieHere } : { afterStep: dieHere };
          await using cloud = await startTestCloud({ faults });
          const prepared = await story.prepare(cloud);
          state.armed = true;
          const id = await story.ask(cloud, prepared);
          await state.met.promise;
          state.armed = false;
          await cloud.restartAfterCrash();
          await cloud.cloud.services.operations.whenIdle();
          assert.equal(await statusOf(cloud.demo, id), story.done);
          await assertNothingLeft(cloud);
          if (story.done !== 'gone') await deleteAll(cloud, id);
        });
      }
    }
  });
}
