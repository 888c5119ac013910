import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { createActiveImage, createImage, imagesPath } from './images.ts';

describe('/v2/images/{image_id}/members', () => {
  let cloud: TestCloud;
  let friend: Client;
  let stranger: Client;
  before(async () => {
    cloud = await startTestCloud();
    friend = await cloud.userOf('friend', 'member');
    stranger = await cloud.userOf('stranger', 'member');
  });
  after(() => cloud[Symbol.asyncDispose]());

  const share = (id: string, member = friend.projectId) =>
    cloud.demo.post(`${imagesPath}/${id}/members`, { member });
  const listed = async (client: Client, query = '') => {
    const answer = await client.get(`${imagesPath}?visibility=shared${query}`);
    return answer.body.images.map((image: { id: string }) => image.id);
  };

  test('a shared image is used at once and listed when the member accepted it', async () => {
    const id = await createActiveImage(cloud.demo);
    assert.equal((await friend.get(`${imagesPath}/${id}`)).status, 404);
    const offered = await share(id);
    assert.equal(offered.status, 200);
    const { created_at, updated_at, ...rest } = offered.body;
    assert.equal(updated_at, created_at);
    assert.deepEqual(rest, {
      member_id: friend.projectId,
      image_id: id,
      status: 'pending',
      schema: '/v2/schemas/member',
    });
    assert.equal((await friend.get(`${imagesPath}/${id}/file`)).status, 200);
    assert.deepEqual(await listed(friend), []);
    assert.deepEqual(await listed(friend, '&member_status=pending'), [id]);
    const path = `${imagesPath}/${id}/members/${friend.projectId}`;
    const accepted = await friend.put(path, { status: 'accepted' });
    assert.equal(accepted.body.status, 'accepted');
    assert.deepEqual(await listed(friend), [id]);
    assert.deepEqual(await listed(stranger, '&member_status=all'), []);
    assert.equal((await cloud.demo.delete(path)).status, 204);
    assert.equal((await friend.get(`${imagesPath}/${id}`)).status, 404);
    assert.deepEqual(await listed(friend), []);
  });

  test('the owner sees all members, a member itself, others nothing', async () => {
    const id = await createImage(cloud.demo);
    await share(id);
    await share(id, 'third');
    const idsFor = async (client: Client) =>
      (await client.get(`${imagesPath}/${id}/members`)).body.members
        .map((member: { member_id: string }) => member.member_id)
        .sort();
    assert.deepEqual(await idsFor(cloud.demo), [friend.projectId, 'third'].sort());
    assert.deepEqual(await idsFor(friend), [friend.projectId]);
    assert.equal((await stranger.get(`${imagesPath}/${id}/members`)).status, 404);
    assert.equal((await cloud.demo.get(`${imagesPath}/${id}/members/third`)).status, 200);
    assert.equal((await friend.get(`${imagesPath}/${id}/members/third`)).status, 404);
    assert.equal((await cloud.demo.get(`${imagesPath}/${id}/members/none`)).status, 404);
  });

  test('only the member answers the offer, only the owner makes or takes it back', async () => {
    const id = await createImage(cloud.demo);
    await share(id);
    const path = `${imagesPath}/${id}/members/${friend.projectId}`;
    assert.equal((await cloud.demo.put(path, { status: 'accepted' })).status, 403);
    assert.equal((await friend.put(path, { status: 'maybe' })).status, 400);
    assert.equal((await friend.put(path, { status: 'rejected' })).status, 200);
    assert.equal((await friend.delete(path)).status, 403);
    const passedOn = await friend.post(`${imagesPath}/${id}/members`, { member: 'x' });
    assert.equal(passedOn.status, 403);
    const reader = await cloud.userOf('friend', 'reader');
    assert.equal((await reader.put(path, { status: 'accepted' })).status, 403);
    assert.equal((await reader.get(path)).body.status, 'rejected');
  });

  test('refuses a second offer, unfit bodies and images that are not shared', async () => {
    const id = await createImage(cloud.demo);
    await share(id);
    assert.equal((await share(id)).status, 409);
    for (const body of [{}, { member: '' }, { member: 7 }, { member: 'nul\0' }, []]) {
      const answer = await cloud.demo.post(`${imagesPath}/${id}/members`, body);
      assert.equal(answer.status, 400, JSON.stringify(body));
    }
    const none = `${imagesPath}/${id}/members/none`;
    assert.equal((await cloud.demo.delete(none)).status, 404);
    const secret = await createImage(cloud.demo, { visibility: 'private' });
    assert.equal((await share(secret)).status, 403);
  });

  test('making an image private again takes it from its members', async () => {
    const id = await createImage(cloud.demo);
    await share(id);
    const type = { 'content-type': 'application/openstack-images-v2.1-json-patch' };
    const changes = [{ op: 'replace', path: '/visibility', value: 'private' }];
    await cloud.demo.patch(`${imagesPath}/${id}`, JSON.stringify(changes), type);
    assert.equal((await friend.get(`${imagesPath}/${id}`)).status, 404);
  });
});
