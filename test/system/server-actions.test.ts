import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { run } from '#base/process.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { guestBootMs } from '#test/guest-boot.ts';
import { statusOf } from '#test/servers.ts';
import { askAgent, runInside } from '../drivers/hypervisor/agent-inside.ts';
import { processesNaming } from '../drivers/hypervisor/qemu-fixture.ts';
import { Clients, rowsOf } from '../stories/clients.ts';
import { openQemuAlone } from './support/qemu-alone.ts';
import { tinyImage } from './tiny-guest.ts';

const gracefulMs = 20_000;

/**
 * Says on the console when it is told to end, as services are by a guest that shuts down. The
 * kernel says it for it: what is written to a terminal is lost when its login ends just then.
 */
const witness =
  'rm -f /tmp/witness; ' +
  `setsid sh -c 'trap "echo \\<0\\>told-$((6 * 7)) > /dev/kmsg; exit" TERM; touch /tmp/witness; ` +
  `sleep 900 & wait' < /dev/null > /dev/null 2>&1 & ` +
  'until [ -e /tmp/witness ]; do sleep 1; done';

describe('actions of a server, seen from inside its guest', () => {
  let cloud: TestCloud;
  let demo: Clients;
  let admin: Clients;
  let id = '';
  let cardAddress = '';

  const disk = () => join(cloud.stateDirectory, 'disks', `${id}.qcow2`);
  const agent = () => join(cloud.stateDirectory, 'guests', id, 'run', 'agent.sock');
  const inside = async (command: string) => (await runInside(agent(), command)).trim();
  const bootId = () => inside('cat /proc/sys/kernel/random/boot_id');
  const card = () => inside('cat /sys/class/net/eth0/address');
  const isUp = () =>
    eventually(
      'the guest is up',
      () => askAgent(agent(), { execute: 'guest-ping' }).then(Boolean, () => false),
      guestBootMs,
    );
  /** As the reference asks, which has types of stops. */
  const act = async (body: object): Promise<number> => {
    const path = `/v2/${cloud.demo.projectId}/servers/${id}/action`;
    return (await cloud.demo.post(path, body)).status;
  };
  const consoleText = async (): Promise<string> => {
    const path = `/v2.1/servers/${id}/action`;
    return (await cloud.demo.post(path, { 'os-getConsoleOutput': {} })).body.output;
  };
  /** Once nothing more happens to it. */
  const status = async () => {
    await cloud.cloud.services.operations.whenIdle();
    return statusOf(cloud.demo, id);
  };
  const guests = () => processesNaming(id).length;

  before(async () => {
    const kinds = { hypervisor: 'qemu', network: 'user' } as const;
    const config = { ...kinds, tinyImage: await tinyImage(), reclaimAfterMs: 3_600_000 };
    cloud = await startTestCloud({
      openDrivers: openQemuAlone,
      config,
      gracefulShutdownMs: gracefulMs,
    });
    [demo, admin] = [new Clients(cloud, 'cumulet'), new Clients(cloud, 'cumulet-admin')];
    await admin.openstack('image set --property hw_qemu_guest_agent=yes tiny');
    const create = 'server create --image tiny --flavor m1.nano --network private --wait one';
    id = (await demo.show<{ id: string }>(create)).id;
    await isUp();
    cardAddress = await card();
  });
  after(async () => {
    await cloud?.cloud.stopServers();
    await cloud?.[Symbol.asyncDispose]();
  });

  test('the console log is what the guest wrote last', async () => {
    // Its own last words of a boot come after its agent is there.
    const isReady = async () => /tiny: ready/.test(await consoleText());
    await eventually('the guest is ready', isReady, guestBootMs);
    await inside('echo first-$((20 + 1)) > /dev/console; echo last-$((40 + 2)) > /dev/console');
    const isWritten = async () => /first-21\r?\nlast-42/.test(await consoleText());
    await eventually('the guest has written both lines', isWritten);
    // What is behind the last line's end counts as one more, as in Nova.
    assert.equal(await demo.openstack(`console log show --lines 2 ${id}`), 'last-42');
  });

  test('diagnostics are of this guest', async () => {
    const asked = await admin.nova(`--os-compute-api-version 2.48 diagnostics ${id}`);
    const rows = rowsOf(asked).map((row) => [row.Property, row.Value]);
    const figures = Object.fromEntries(rows) as Record<string, string>;
    assert.equal(figures.state, 'running');
    assert.match(figures.nic_details ?? '', new RegExp(cardAddress));
    assert.equal(figures.num_cpus, await inside('nproc'));
  });

  test('a password is changed by the agent inside', async () => {
    const hash = () => inside("sed -n 's/^root:\\([^:]*\\):.*/\\1/p' /etc/shadow");
    const former = await hash();
    await demo.openstack(`server set --password other-word ${id}`);
    assert.equal(await status(), 'ACTIVE');
    const [, kind = '', salt = ''] = (await hash()).split('$');
    const method = { 1: 'md5', 5: 'sha256', 6: 'sha512' }[kind];
    const made = await inside(`mkpasswd -m ${method} -S ${salt} other-word`);
    assert.equal(made, await hash());
    assert.notEqual(made, former);
  });

  test('an image of the running guest has what it wrote a moment before', async () => {
    const boot = await bootId();
    // Nothing is synchronised here: the agent brings it to the disk, and stops the rest.
    await inside('echo caught > /root/caught');
    await demo.openstack(`server image create --wait --name taken ${id}`);
    assert.equal(await status(), 'ACTIVE');
    assert.equal(await bootId(), boot);
    assert.equal(await inside('echo thawed > /root/caught; cat /root/caught'), 'thawed');
  });

  test('what other services and administrators say leaves the guest alone', async () => {
    const boot = await bootId();
    const names = ['network-changed', 'network-vif-plugged', 'power-update', 'volume-extended'];
    const tag = { 'power-update': 'POWER_OFF', 'volume-extended': randomUUID() };
    const events = names.map((name) => ({ name, server_uuid: id, tag: tag[name as never] }));
    const version = { 'openstack-api-version': 'compute 2.76' };
    const path = '/v2.1/os-server-external-events';
    const told = await cloud.admin.post(path, { events }, version);
    const codes = told.body.events?.map(({ code }: { code: number }) => code);
    assert.deepEqual([told.status, codes], [200, [200, 200, 200, 200]]);
    assert.equal(await status(), 'ACTIVE');
    await admin.nova(`reset-state ${id}`);
    assert.equal(await status(), 'ERROR');
    assert.equal(guests(), 1);
    await admin.nova(`reset-state --active ${id}`);
    assert.equal(await status(), 'ACTIVE');
    assert.equal(await bootId(), boot);
    assert.equal(await card(), cardAddress);
  });

  test('of the backups of a running guest the oldest goes', async () => {
    const boot = await bootId();
    const backup = (name: string) =>
      demo.openstack(`server backup create --wait --name ${name} --type daily --rotate 1 one`);
    await backup('first');
    await inside('echo backed up > /root/backup; sync');
    await backup('second');
    assert.equal(await status(), 'ACTIVE');
    assert.equal(await bootId(), boot);
    const list = await demo.openstack('image list --private -f value -c Name');
    assert.deepEqual(
      list.split('\n').filter((name) => /first|second/.test(name)),
      ['second'],
    );
  });

  test('a lock keeps its owner from the guest, which runs on', async () => {
    const boot = await bootId();
    assert.equal(await act({ lock: null }), 202);
    for (const body of [{ 'os-stop': null }, { reboot: { type: 'HARD' } }, { shelve: null }]) {
      assert.equal(await act(body), 409);
    }
    assert.equal(await bootId(), boot);
    assert.equal(await act({ unlock: null }), 202);
  });

  test('a hard stop tells nobody inside', async () => {
    await inside(`echo lost > /root/kept; sync; ${witness}`);
    assert.equal(await act({ 'os-stop': { type: 'HARD' } }), 202);
    assert.equal(await status(), 'SHUTOFF');
    assert.equal(guests(), 0);
    assert.doesNotMatch(await consoleText(), /told-42/);
  });

  test('a backup of a server that is off is its disk, byte for byte', async () => {
    const create = 'server backup create --wait --name third --type daily --rotate 1 one';
    await demo.openstack(create);
    assert.equal(await status(), 'SHUTOFF');
    const file = join(cloud.stateDirectory, 'third.qcow2');
    await demo.openstack(`image save --file ${file} third`);
    const formats = ['-f', 'qcow2', '-F', 'qcow2'];
    const { stdout } = await run('qemu-img', ['compare', ...formats, file, disk()]);
    assert.match(stdout, /identical/);
    const names = await demo.openstack('image list --private -f value -c Name');
    assert.doesNotMatch(names, /second/);
  });

  test('a rebuilt server has a new disk, its old card and its new name', async () => {
    const rebuild = `server rebuild --image taken --name renewed --property by=story ${id}`;
    await demo.openstack(rebuild);
    assert.equal(await status(), 'SHUTOFF');
    assert.equal(await act({ 'os-start': null }), 202);
    assert.equal(await status(), 'ACTIVE');
    await isUp();
    assert.equal(await inside('ls /root/kept 2>/dev/null || echo none'), 'none');
    assert.equal(await inside('cat /root/caught'), 'caught');
    assert.equal(await card(), cardAddress);
  });

  test('a soft stop lets the guest end what it does', async () => {
    await inside(`echo again > /root/kept; sync; ${witness}`);
    assert.equal(await act({ 'os-stop': { type: 'SOFT' } }), 202);
    assert.equal(await status(), 'SHUTOFF');
    assert.equal(guests(), 0);
    assert.match(await consoleText(), /told-42/);
  });

  test('a shelved server leaves its host and comes back with what it wrote', async () => {
    await demo.openstack('server shelve renewed');
    assert.equal(await status(), 'SHELVED_OFFLOADED');
    assert.equal(existsSync(disk()), false);
    await demo.openstack('server unshelve renewed');
    assert.equal(await status(), 'ACTIVE');
    await isUp();
    assert.equal(await inside('cat /root/kept'), 'again');
    assert.equal(await card(), cardAddress);
  });

  test('a server whose deletion is deferred stands still, and can be had back', async () => {
    await inside('echo more >> /root/kept; sync');
    await demo.openstack('server delete renewed');
    assert.equal(await status(), 'SOFT_DELETED');
    assert.equal(guests(), 0);
    assert.equal(existsSync(disk()), true);
    await demo.openstack(`server restore ${id}`);
    assert.equal(await status(), 'ACTIVE');
    await isUp();
    assert.equal(await inside('tail -n 1 /root/kept'), 'more');
  });

  test('deleted by force it is gone, and nothing of it is left', async () => {
    await demo.nova(`force-delete ${id}`);
    assert.equal(await status(), 'gone');
    assert.equal(guests(), 0);
    const left = ['disks', 'guests'].flatMap((name) =>
      readdirSync(join(cloud.stateDirectory, name)).filter((file) => file.includes(id)),
    );
    assert.deepEqual(left, []);
  });
});
