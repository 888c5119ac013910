import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Clients, rowsOf, StoryCloud } from './clients.ts';

const tiny = 'server create --image tiny --flavor m1.nano --network private --wait';

describe('resizes and cold migrations with the unmodified clients', () => {
  let story: StoryCloud;
  let demo: Clients;
  let admin: Clients;

  const idle = () => story.cloud.cloud.services.operations.whenIdle();
  const shown = async () => {
    await idle();
    return demo.show<Record<string, string>>('server show one');
  };

  before(async () => {
    story = await StoryCloud.open({ hosts: [{ name: 'left' }, { name: 'right' }] });
    demo = story.as('cumulet');
    admin = story.as('cumulet-admin');
    await demo.openstack(`${tiny} one`);
  });
  after(() => story?.close());

  test('openstack resizes and waits, shows that, and confirms', async () => {
    await demo.openstack('server resize --flavor m1.small --wait one');
    const waiting = await shown();
    assert.equal(waiting.status, 'VERIFY_RESIZE');
    assert.match(String(waiting.flavor), /m1\.small/);
    await demo.openstack('server resize confirm one');
    assert.equal((await shown()).status, 'ACTIVE');
  });

  test('nova resizes and reverts', async () => {
    await demo.nova('resize --poll one m1.medium');
    assert.equal((await shown()).status, 'VERIFY_RESIZE');
    await demo.nova('resize-revert one');
    const server = await shown();
    assert.equal(server.status, 'ACTIVE');
    assert.match(String(server.flavor), /m1\.small/);
  });

  test('an administrator migrates to a named host, and finds the record', async () => {
    const id = await demo.openstack('server show one -f value -c id');
    const host = async () => admin.openstack(`server show ${id} -f value -c OS-EXT-SRV-ATTR:host`);
    const target = (await host()) === 'left' ? 'right' : 'left';
    const migrate = `--os-compute-api-version 2.56 server migrate --host ${target} --wait ${id}`;
    await admin.openstack(migrate);
    assert.equal(await host(), target);
    await admin.openstack(`server migrate confirm ${id}`);
    await idle();
    assert.equal((await shown()).status, 'ACTIVE');
    const rows = rowsOf(await admin.nova('migration-list'));
    const statuses = rows.map((row) => [row.Type, row.Status]);
    assert.deepEqual(statuses.sort(), [
      ['migration', 'confirmed'],
      ['resize', 'confirmed'],
      ['resize', 'reverted'],
    ]);
  });

  test('an administrator migrates it live, and finds that record too', async () => {
    const id = await demo.openstack('server show one -f value -c id');
    const host = async () => admin.openstack(`server show ${id} -f value -c OS-EXT-SRV-ATTR:host`);
    const target = (await host()) === 'left' ? 'right' : 'left';
    const live = `server migrate --live-migration --host ${target} --wait ${id}`;
    await admin.openstack(`--os-compute-api-version 2.30 ${live}`);
    assert.equal(await host(), target);
    assert.equal((await shown()).status, 'ACTIVE');
    const rows = rowsOf(await admin.nova('migration-list'));
    const found = rows.find((row) => row.Type === 'live-migration');
    assert.equal(found?.Status, 'completed');
  });
});
