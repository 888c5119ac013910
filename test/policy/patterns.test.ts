import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rightsOf } from './rights.ts';

const cases: [pattern: string, action: string, isMeant: boolean][] = [
  ['ecs:servers:get', 'ecs:servers:get', true],
  ['ecs:SERVERS:Get', 'ecs:servers:get', true],
  ['ECS:servers:get', 'ecs:servers:get', false],
  ['ecs:*:get*', 'ecs:servers:getTags', true],
  ['ecs:*:get*', 'evs:volumes:get', false],
  ['ecs:*:get*', 'ecs:servers:list', false],
  ['ecs:*:*', 'ecs:cloudServers:showServer', true],
  ['ecs:*', 'ecs:servers:get', true],
  ['ecs:serv*', 'ecs:servers:get', false],
  ['*', 'vpc:ports:create', true],
  ['*:*:*', 'vpc:ports:create', true],
  ['*:ports:*', 'vpc:ports:create', true],
  ['vpc:*create', 'vpc:ports:create', false],
  ['vpc:ports', 'vpc:ports:create', false],
  ['vpc:ports:create:more', 'vpc:ports:create', false],
  ['vpc:p*s:c*e*e', 'vpc:ports:create', true],
  ['', 'vpc:ports:create', false],
];

for (const [pattern, action, isMeant] of cases) {
  test(`"${pattern}" ${isMeant ? 'means' : 'does not mean'} ${action}`, () => {
    const allowing = rightsOf({ Effect: 'Allow', Action: [pattern] });
    assert.equal(allowing.allows(action), isMeant);
    const excepting = rightsOf({ Effect: 'Allow', NotAction: [pattern] });
    assert.equal(excepting.allows(action), !isMeant);
    const [one, other] = [{ Effect: 'Allow' as const, Action: ['*'] }, { Effect: 'Deny' as const }];
    const denying = rightsOf(one, { ...other, Action: [pattern] });
    assert.equal(denying.allows(action), !isMeant);
    const denyingRest = rightsOf(one, { ...other, NotAction: [pattern] });
    assert.equal(denyingRest.allows(action), isMeant);
  });
}

test('a pattern made to try every way is answered, not tried for ever', () => {
  const pattern = `ecs:${'*e'.repeat(60)}:x`;
  const action = `ecs:${'e'.repeat(2000)}:y`;
  assert.equal(rightsOf({ Effect: 'Allow', Action: [pattern] }).allows(action), false);
});

test('a statement about one resource does not touch calls that name none', () => {
  const Resource = ['ECS:*:*:instance:11111111-2222-3333-4444-555555555555'];
  const allowing = rightsOf({ Effect: 'Allow', Action: ['ecs:*:*'], Resource });
  assert.equal(allowing.allows('ecs:servers:get'), false);
  const [own, other] = ['11111111-2222-3333-4444-555555555555', 'another'].map((id) => ({
    resource: `ecs:region-1:domain:instance:${id}`,
  }));
  assert.equal(allowing.allows('ecs:cloudServers:resize', own), true);
  assert.equal(allowing.allows('ecs:cloudServers:resize', other), false);
  const open = rightsOf({ Effect: 'Allow', Action: ['ecs:*:*'], Resource: ['*'] });
  assert.equal(open.allows('ecs:servers:get'), true);
  const agency = rightsOf({ Effect: 'Allow', Action: ['ecs:*:*'], Resource: { uri: ['/iam'] } });
  assert.equal(agency.allows('ecs:servers:get'), false);
});
