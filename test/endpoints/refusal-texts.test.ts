import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';

test('a refusal names the member and repeats no secret of the body', async () => {
  await using cloud = await startTestCloud();
  const secrets = { adminPass: 'hush-1', user_data: 'aHVzaC0y' };
  const bodies = [
    { server: { ...secrets, name: 'one', flavorRef: '1', colour: 'blue' } },
    { server: { ...secrets, name: '', flavorRef: '1' } },
    { server: { ...secrets, flavorRef: '1' } },
    { server: { ...secrets, name: 'one', flavorRef: '1' }, colour: 'blue' },
    { server: { adminPass: ['hush-1'], name: 'one', flavorRef: '1' } },
    { server: [secrets] },
  ];
  for (const body of bodies) {
    const made = await cloud.demo.post('/v2.1/servers', body);
    assert.equal(made.status, 400);
    const { message } = made.body.badRequest;
    assert.doesNotMatch(message, /hush|aHVz/, JSON.stringify(body));
  }
  const [first, second] = bodies;
  const unknown = await cloud.demo.post('/v2.1/servers', first);
  assert.match(
    unknown.body.badRequest.message,
    /^Invalid input for field\/attribute server\. Value: .*\. Additional properties are not/,
  );
  assert.match(unknown.body.badRequest.message, /"colour" was unexpected/);
  const short = await cloud.demo.post('/v2.1/servers', second);
  assert.match(short.body.badRequest.message, /field\/attribute name\./);
});

test('a refusal of a query names the parameter', async () => {
  await using cloud = await startTestCloud();
  for (const path of ['servers', 'flavors', 'os-keypairs']) {
    const asked = { 'openstack-api-version': 'compute 2.35' };
    const { body } = await cloud.demo.get(`/v2.1/${path}?limit=many`, asked);
    assert.match(
      body.badRequest.message,
      /^Invalid input for query parameters limit\. Value: many/,
    );
  }
});
