import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from '#test/eventually.ts';
import { leftOnHost } from '../drivers/network/linux-lab.ts';
import type { HeldSession } from './support/held-session.ts';
import { KilledHosts } from './support/killed-hosts.ts';
import { makeSshGuest, type SshGuest } from './support/ssh-guest.ts';

const moveTimeoutMs = 120_000;
/** Far less than the guest changes, so that a transfer has a middle. */
const narrow = { migrationBytesPerSecond: 16 * 1024 ** 2 };
const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const kind = 'live-migrate-server';

const count = 'n=0; (while :; do n=$((n+1)); echo $n > /tmp/count; sleep 0.1; done) &';
/** Memory that is not empty, and is written again and again as long as a file says so. */
const change =
  'head -c 25165824 /dev/urandom > /tmp/noise; touch /tmp/changing; ' +
  '(while :; do sleep 1; while [ -e /tmp/changing ]; do cat /tmp/noise > /tmp/copy; done; done) &';

describe('live migration on two real hosts', () => {
  let hosts: KilledHosts;
  let guest: SshGuest;
  let session: HeldSession;
  let bootId = '';
  let counted = 0;

  const { admin, demo } = {
    admin: () => hosts.serving.admin,
    demo: () => hosts.serving.demo,
  };
  const shown = async () => (await admin().get(`/v2.1/servers/${guest.id}`)).body.server;
  const hostNow = async (): Promise<string> => (await shown())['OS-EXT-SRV-ATTR:host'];
  const migrations = async () => {
    const { body } = await admin().get(`/v2.1/os-migrations?instance_uuid=${guest.id}`);
    return body.migrations as { id: number; status: string }[];
  };

  /** Asks, and waits until a part of the memory has gone. @returns where it is shown */
  async function begin(): Promise<string> {
    const body = { 'os-migrateLive': { host: null, block_migration: 'auto' } };
    const path = `/v2.1/servers/${guest.id}`;
    const { status } = await admin().post(`${path}/action`, body, at('2.34'));
    assert.equal(status, 202);
    return eventually(
      'a part of the memory has gone',
      async () => {
        const answer = await admin().get(`${path}/migrations`, at('2.80'));
        const [found] = answer.body.migrations;
        return found?.memory_processed_bytes > 0 && `${path}/migrations/${found.id}`;
      },
      moveTimeoutMs,
    );
  }

  /** Its former host is cleared, too, just after the server itself is at rest. */
  const atRest = () =>
    eventually(
      'the server is at rest, and its migration is over',
      async () => {
        if ((await shown())['OS-EXT-STS:task_state'] !== null) return false;
        return /^(completed|cancelled|failed|error)$/.test(
          (await migrations()).at(-1)?.status ?? '',
        );
      },
      moveTimeoutMs,
    );

  /** It runs on this host alone, is claimed there alone, and never stopped being what it was. */
  async function runsOnlyOn(host: string): Promise<void> {
    const server = await shown();
    assert.deepEqual([server.status, server['OS-EXT-SRV-ATTR:host']], ['ACTIVE', host]);
    const there = (await hosts.holdings(guest.id)).map(({ guests, ...rest }) => ({
      ...rest,
      guests: guests.length,
    }));
    const expected = there.map(({ host: name }) => {
      const isHere = name === host;
      const parts = { hasFolder: isHere, hasDisk: isHere };
      return { host: name, ...parts, taps: Number(isHere), guests: Number(isHere) };
    });
    assert.deepEqual(there, expected);
    const { body } = await admin().get('/v2.1/os-hypervisors/detail');
    const rows = body.hypervisors as { hypervisor_hostname: string; running_vms: number }[];
    for (const { hypervisor_hostname: name, running_vms } of rows) {
      assert.equal(running_vms, Number(name === host), name);
    }
    await goesOn();
  }

  async function goesOn(): Promise<void> {
    const isCounting = async () => Number(await session.ask('cat /tmp/count')) > counted;
    await eventually('the guest counts on', isCounting);
    counted = Number(await session.ask('cat /tmp/count'));
    const sum = 'dd if=/dev/vda of=/dev/null bs=1M count=4 2> /dev/null && sync; echo $?';
    assert.equal(await session.ask(sum), '0');
    assert.equal(await session.ask('cat /proc/sys/kernel/random/boot_id'), bootId);
  }

  before(async () => {
    hosts = await KilledHosts.make();
    await hosts.serve(null, narrow);
    guest = await makeSshGuest(demo(), hosts.stateDirectory);
    await hosts.holdings(guest.id);
    bootId = await guest.inside.bootId();
    session = guest.inside.hold();
    await session.ask(count);
    await session.ask(change);
  });
  after(async () => {
    await session?.[Symbol.asyncDispose]();
    const instances = hosts?.instances ?? [];
    await hosts?.[Symbol.asyncDispose]();
    assert.deepEqual(await leftOnHost(instances), []);
  });

  test('one that is called off in the middle leaves the guest where it was', async () => {
    const source = await hostNow();
    const path = await begin();
    assert.equal((await admin().delete(path, at('2.24'))).status, 202);
    await atRest();
    assert.equal((await migrations()).at(-1)?.status, 'cancelled');
    await runsOnlyOn(source);
  });

  test('one that would never end is forced to, and the guest goes on there', async () => {
    const source = await hostNow();
    const path = await begin();
    const forced = await admin().post(`${path}/action`, { force_complete: null }, at('2.22'));
    assert.equal(forced.status, 202);
    await atRest();
    assert.equal((await migrations()).at(-1)?.status, 'completed');
    assert.notEqual(await hostNow(), source);
    await runsOnlyOn(await hostNow());
  });

  test('our process may be killed at every stage: one guest goes on, at one end', async () => {
    const source = await hostNow();
    await begin();
    await hosts.kill();
    // Nobody serves: the transfer was ours and is over, the guest is not.
    await session.ask('rm /tmp/changing');
    await goesOn();
    await hosts.serve({ kind, step: 'move-guest', moment: 'after' });
    await hosts.serving.untilStep();
    const between = (await hosts.holdings(guest.id)).map(({ guests }) => guests.length);
    assert.deepEqual(between, [1, 1]);
    await hosts.serve({ kind, step: 'go-on', moment: 'after' });
    await hosts.serving.untilStep();
    await goesOn();
    await hosts.serve(null);
    await atRest();
    assert.equal((await migrations()).at(-1)?.status, 'completed');
    assert.notEqual(await hostNow(), source);
    await runsOnlyOn(await hostNow());
    await demo().delete(`/v2.1/servers/${guest.id}`);
    const isGone = async () => (await demo().get(`/v2.1/servers/${guest.id}`)).status === 404;
    await eventually('the server is gone', isGone, moveTimeoutMs);
    for (const { host, ...left } of await hosts.holdings(guest.id)) {
      assert.deepEqual(left, { guests: [], hasFolder: false, hasDisk: false, taps: 0 }, host);
    }
  });
});
