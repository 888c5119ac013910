import assert from 'node:assert/strict';
import { constants, privateDecrypt } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeImage, makeServer, statusOf } from '#test/servers.ts';

describe('the password of a server', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud[Symbol.asyncDispose]());

  const make = async (properties: object) =>
    makeServer(cloud, { imageRef: await makeImage(cloud.demo, properties) });
  const change = async (id: string, adminPass: unknown, way = '/v2.1') => {
    const body = { changePassword: { adminPass } };
    const answer = await cloud.demo.post(`${way}/servers/${id}/action`, body);
    await cloud.cloud.services.operations.whenIdle();
    return answer;
  };
  const passwords = (id: string) => cloud.hosts.hypervisor.passwords.get(id);

  test('is changed by the agent that its image brings, for whom the image says', async () => {
    const agent = { hw_qemu_guest_agent: 'yes' };
    const users = [
      [{}, 'root'],
      [{ os_type: 'windows' }, 'Administrator'],
      [{ os_type: 'windows', os_admin_user: 'chief' }, 'chief'],
    ] as const;
    for (const [properties, userName] of users) {
      const id = await make({ ...agent, ...properties });
      const { status, body } = await change(id, 'new one', `/v2/${cloud.demo.projectId}`);
      assert.equal(status, 202);
      assert.equal(body, '');
      assert.deepEqual(passwords(id), { userName, password: 'new one' });
      assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
    }
  });

  test('can be read again by the owner of the key, and by nobody else', async () => {
    const asked = { keypair: { name: 'mine' } };
    const { keypair } = (await cloud.demo.post('/v2.1/os-keypairs', asked)).body;
    const imageRef = await makeImage(cloud.demo, { hw_qemu_guest_agent: 'yes' });
    const id = await makeServer(cloud, { imageRef, key_name: 'mine' });
    for (const adminPass of ['first', 'sesame, öffne dich']) {
      assert.equal((await change(id, adminPass)).status, 202);
      const { password } = (await cloud.demo.get(`/v2.1/servers/${id}/os-server-password`)).body;
      const padding = constants.RSA_PKCS1_PADDING;
      const key = { key: keypair.private_key, padding };
      assert.equal(privateDecrypt(key, Buffer.from(password, 'base64')).toString(), adminPass);
    }
  });

  test('is not changed where no agent is, and that is said at once', async () => {
    for (const properties of [{}, { hw_qemu_guest_agent: 'no' }]) {
      const id = await make(properties);
      const { status, body } = await change(id, 'new one');
      assert.equal(status, 409);
      assert.equal(body.conflictingRequest.message, 'QEMU guest agent is not enabled');
      assert.equal(passwords(id), undefined);
    }
    const id = await make({ hw_qemu_guest_agent: 'yes' });
    for (const adminPass of [undefined, 1, 'x'.repeat(256)]) {
      assert.equal((await change(id, adminPass)).status, 400);
    }
  });

  test('stays what it was if the agent is silent, and the action says that it failed', async () => {
    const id = await make({ hw_qemu_guest_agent: 'true' });
    cloud.hosts.hypervisor.failNext('setPassword');
    assert.equal((await change(id, 'new one')).status, 202);
    assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
    const path = `/v2.1/servers/${id}/os-instance-actions`;
    const { instanceActions } = (await cloud.admin.get(path)).body;
    const asked = instanceActions.find(
      ({ action }: { action: string }) => action === 'changePassword',
    );
    const shown = await cloud.admin.get(`${path}/${asked.request_id}`);
    const [event] = shown.body.instanceAction.events;
    assert.equal(event.event, 'compute_set_admin_password');
    assert.equal(event.result, 'Error');
    const { server } = (await cloud.demo.get(`/v2.1/servers/${id}`)).body;
    assert.equal(server['OS-EXT-STS:task_state'], null);
  });
});
