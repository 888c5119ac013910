import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makeImage } from '#test/servers.ts';
import { type Clients, StoryCloud } from './clients.ts';

interface Shown {
  id: string;
  status: string;
}

describe('images of servers, rescue and passwords with the unmodified clients', () => {
  let story: StoryCloud;
  let demo: Clients;
  let id: string;

  before(async () => {
    story = await StoryCloud.open();
    demo = story.as('cumulet');
    await makeImage(story.cloud.demo, { name: 'agile', hw_qemu_guest_agent: 'yes' });
    const create = 'server create --image agile --flavor m1.nano --network private --wait one';
    id = (await demo.show<Shown>(create)).id;
  });
  after(() => story?.close());

  const idle = () => story.cloud.cloud.services.operations.whenIdle();
  const statusOf = async () => (await demo.show<Shown>('server show one')).status;
  const bootedFrom = () => story.cloud.hosts.hypervisor.guests.get(id)?.spec?.disks[0]?.role;

  test('openstack makes an image of a server, waits for it, and another boots it', async () => {
    await demo.openstack('server image create --wait --name taken one');
    await idle();
    const create = 'server create --image taken --flavor m1.nano --network private --wait two';
    assert.equal((await demo.show<Shown>(create)).status, 'ACTIVE');
  });

  test('openstack makes backups, of which only the newest are kept', async () => {
    for (const name of ['first', 'second']) {
      const words = `server backup create --wait --type daily --rotate 1 --name ${name} one`;
      await demo.openstack(words);
      await idle();
    }
    const images = await demo.show<{ Name: string }[]>('image list --private');
    const names = images.map((image) => image.Name);
    assert.ok(names.includes('second') && !names.includes('first'), `${names}`);
  });

  test('openstack rescues a server and lets it go', async () => {
    await demo.openstack('server rescue --image tiny --password sesame one');
    await idle();
    assert.equal(await statusOf(), 'RESCUE');
    assert.equal(bootedFrom(), 'rescue');
    await demo.openstack('server unrescue one');
    await idle();
    assert.equal(await statusOf(), 'ACTIVE');
    assert.equal(bootedFrom(), 'root');
  });

  test('nova rescues with the password that it is told, and openstack sets another', async () => {
    assert.match(await demo.nova('rescue one'), /adminPass/);
    await idle();
    await demo.nova('unrescue one');
    await idle();
    await demo.openstack('server set --property checked=yes one');
    await demo.openstack('server set --password other one');
    await idle();
    assert.equal(story.cloud.hosts.hypervisor.passwords.get(id)?.password, 'other');
  });
});
