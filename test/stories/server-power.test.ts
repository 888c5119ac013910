import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Clients, rowsOf, StoryCloud } from './clients.ts';

interface Shown {
  id: string;
  status: string;
  'OS-EXT-STS:power_state': string | number;
}

describe('chapter 5 with the unmodified clients: stopping, standing still and going on', () => {
  let story: StoryCloud;
  let demo: Clients;
  let id: string;

  before(async () => {
    story = await StoryCloud.open();
    demo = story.as('cumulet');
    const create = 'server create --image tiny --flavor m1.nano --network private --wait one';
    id = (await demo.show<Shown>(create)).id;
  });
  after(() => story?.close());

  const idle = () => story.cloud.cloud.services.operations.whenIdle();
  const powerOf = () => story.cloud.hosts.hypervisor.guests.get(id)?.power;
  const statusOf = async () => (await demo.show<Shown>('server show one')).status;

  const steps = [
    { words: 'server pause one', status: 'PAUSED', power: 'paused' },
    { words: 'server unpause one', status: 'ACTIVE', power: 'running' },
    { words: 'server suspend one', status: 'SUSPENDED', power: 'suspended' },
    { words: 'server resume one', status: 'ACTIVE', power: 'running' },
    { words: 'server reboot --wait one', status: 'ACTIVE', power: 'running' },
    { words: 'server stop one', status: 'SHUTOFF', power: 'off' },
    { words: 'server start one', status: 'ACTIVE', power: 'running' },
    { words: 'server pause one', status: 'PAUSED', power: 'paused' },
    { words: 'server reboot --hard --wait one', status: 'ACTIVE', power: 'running' },
  ] as const;

  for (const { words, status, power } of steps) {
    test(`openstack ${words} leads to ${status}`, async () => {
      await demo.openstack(words);
      await idle();
      assert.equal(await statusOf(), status);
      assert.equal(powerOf(), power);
    });
  }

  test('what the state does not allow is refused in words that a client prints', async () => {
    await assert.rejects(demo.openstack('server resume one'), /Cannot 'resume' instance/);
  });

  test('openstack asks for a crash dump, and the guest hears of it', async () => {
    await demo.openstack('--os-compute-api-version 2.17 server dump create one');
    await idle();
    const { hypervisor } = story.cloud.hosts;
    assert.match(hypervisor.guests.get(id)?.console ?? '', /NMI received/);
  });

  test('nova lists what was done, and what the guest did by itself', async () => {
    story.cloud.hosts.hypervisor.endGuest(id, 'guest-shutdown');
    await idle();
    const rows = rowsOf(await demo.nova('instance-action-list one'));
    const names = rows.map((row) => row.Action);
    for (const name of ['pause', 'unpause', 'suspend', 'resume', 'reboot', 'stop', 'start']) {
      assert.ok(names.includes(name), `${name} in ${names}`);
    }
    assert.equal(names.filter((name) => name === 'stop').length, 2);
    assert.equal(await statusOf(), 'SHUTOFF');
  });

  test('a suspended server is deleted', async () => {
    await demo.openstack('server start one');
    await idle();
    await demo.openstack('server suspend one');
    await idle();
    await demo.openstack('server delete --wait one');
    assert.deepEqual(story.cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
  });
});
