import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { updateServer } from '#compute/servers/store.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { makeImage, makeServer, statusOf } from '#test/servers.ts';

describe('a server that is rescued', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud[Symbol.asyncDispose]());

  const act = async (id: string, body: object, version = '2.1', way = '/v2.1') => {
    const headers = { 'openstack-api-version': `compute ${version}` };
    const answer = await cloud.demo.post(`${way}/servers/${id}/action`, body, headers);
    await cloud.cloud.services.operations.whenIdle();
    return answer;
  };
  const guest = (id: string) => cloud.hosts.hypervisor.guests.get(id);
  const rolesOf = (id: string) => guest(id)?.spec?.disks.map(({ role }) => role);
  const rescueDisk = (id: string) => cloud.hosts.storage.rootDisks.get(`${id}-rescue`);

  test('boots the image with its own disk second, and lets go of it again', async () => {
    const id = await makeServer(cloud, { config_drive: true });
    const imageId = await makeImage(cloud.demo, { name: 'helper' });
    const rescue = { adminPass: 'open sesame', rescue_image_ref: imageId };
    const { status, body } = await act(id, { rescue });
    assert.equal(status, 200);
    assert.deepEqual(body, { adminPass: 'open sesame' });
    assert.equal(await statusOf(cloud.demo, id), 'RESCUE');
    assert.equal(guest(id)?.power, 'running');
    assert.deepEqual(rolesOf(id), ['rescue', 'root', 'config-drive']);
    assert.equal(rescueDisk(id)?.imageId, imageId);
    const drive = cloud.hosts.storage.configDrives.get(`${id}-rescue`) ?? {};
    const facts = Buffer.from(drive['openstack/latest/meta_data.json'] ?? '').toString();
    assert.match(facts, /"admin_pass": ?"open sesame"/);
    assert.equal((await act(id, { unrescue: null })).status, 202);
    assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
    assert.deepEqual(rolesOf(id), ['root', 'config-drive']);
    assert.equal(rescueDisk(id), undefined);
    const actions = await cloud.demo.get(`/v2.1/servers/${id}/os-instance-actions`);
    const names = actions.body.instanceActions.map(({ action }: { action: string }) => action);
    assert.deepEqual(names.toSorted(), ['create', 'rescue', 'unrescue']);
  });

  test('uses the image that its own was made of, and is given a password', async () => {
    const baseId = await makeImage(cloud.demo, { name: 'base' });
    const imageRef = await makeImage(cloud.demo, { name: 'made', base_image_ref: baseId });
    const id = await makeServer(cloud, { imageRef });
    const { body } = await act(id, { rescue: null });
    assert.match(body.adminPass, /^.{8,}$/);
    assert.equal(rescueDisk(id)?.imageId, baseId);
    const plain = await makeServer(cloud, { imageRef: baseId });
    await cloud.demo.delete(`/image/v2/images/${baseId}`);
    await act(id, { unrescue: null });
    await act(id, { rescue: null });
    assert.equal(rescueDisk(id)?.imageId, imageRef);
    assert.equal((await act(plain, { rescue: null })).status, 200);
  });

  test('keeps its disks where they are if the image says how it wants to be found', async () => {
    const id = await makeServer(cloud);
    const imageId = await makeImage(cloud.demo, { hw_rescue_device: 'cdrom' });
    await act(id, { rescue: { rescue_image_ref: imageId } });
    assert.deepEqual(rolesOf(id), ['root', 'rescue']);
    const hardware = guest(id)?.spec?.disks[1]?.hardware;
    assert.deepEqual(hardware, { device: 'cdrom', bus: 'ide' });
  });

  test('is answered as the reference does on its own way in', async () => {
    const id = await makeServer(cloud);
    const way = `/v2/${cloud.demo.projectId}`;
    assert.equal((await act(id, { rescue: {} }, '2.1', way)).status, 202);
    assert.equal(await statusOf(cloud.demo, id), 'RESCUE');
  });

  test('stays rescued when its guest ends by itself, and is deleted whole', async () => {
    const id = await makeServer(cloud);
    await act(id, { rescue: null });
    cloud.hosts.hypervisor.endGuest(id, 'guest-shutdown');
    await eventually('the end was seen', async () => {
      const { server } = (await cloud.demo.get(`/v2.1/servers/${id}`)).body;
      return server['OS-EXT-STS:power_state'] === 4;
    });
    assert.equal(await statusOf(cloud.demo, id), 'RESCUE');
    await cloud.restartAfterCrash();
    assert.equal(await statusOf(cloud.demo, id), 'RESCUE');
    assert.ok(rescueDisk(id));
    await cloud.demo.delete(`/v2.1/servers/${id}`);
    await cloud.cloud.services.operations.whenIdle();
    assert.equal(rescueDisk(id), undefined);
  });

  test('is not even stopped when the rescue disk cannot be made', async () => {
    const id = await makeServer(cloud);
    const before = guest(id)?.processId;
    cloud.hosts.storage.failNext('createRootDisk');
    await act(id, { rescue: null });
    assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
    assert.equal(guest(id)?.processId, before);
    const { server } = (await cloud.admin.get(`/v2.1/servers/${id}`)).body;
    assert.equal(server['OS-EXT-STS:task_state'], null);
  });
});

test('a rescue is refused for what rescues nobody', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin } = cloud;
  const id = await makeServer(cloud);
  const ask = (body: object | null, version = '2.1') =>
    demo.post(
      `/v2.1/servers/${id}/action`,
      { rescue: body },
      { 'openstack-api-version': `compute ${version}` },
    );
  const images = [
    '00000000-0000-4000-8000-000000000000',
    await makeImage(admin, { visibility: 'private' }),
    (await demo.post('/image/v2/images', { name: 'without data' })).body.id,
  ];
  for (const rescue_image_ref of images) {
    const { status, body } = await ask({ rescue_image_ref });
    assert.equal(status, 400);
    assert.match(body.badRequest.message, /^Requested rescue image '.*' is not supported$/);
  }
  const odd = [
    { hw_rescue_device: 'tape' },
    { hw_rescue_bus: '__proto__' },
    { hw_rescue_device: 'cdrom', hw_rescue_bus: 'virtio' },
  ];
  for (const properties of odd) {
    const { status, body } = await ask({ rescue_image_ref: await makeImage(demo, properties) });
    assert.equal(status, 400);
    assert.match(body.badRequest.message, /^Requested rescue device/);
  }
  for (const bad of [{ rescue_image_ref: 'none' }, { adminPass: 1 }, { more: 1 }]) {
    assert.equal((await ask(bad)).status, 400);
  }
  const { database } = cloud.cloud.services.compute;
  await updateServer(database.queries, id, { image_id: '' }, 1);
  const before = await ask(null, '2.86');
  assert.match(before.body.badRequest.message, /: Cannot rescue a volume-backed instance$/);
  const since = await ask(null, '2.87');
  assert.match(since.body.badRequest.message, /: Host unable to rescue a volume-backed instance$/);
  await updateServer(database.queries, id, { image_id: 'gone', host: null }, 1);
  assert.equal((await ask(null)).status, 409);
});
