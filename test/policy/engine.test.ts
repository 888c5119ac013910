import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rightsOfRoles } from '#policy/actor.ts';
import { rightsOf } from './rights.ts';

const calls = ['get', 'list', 'manage'].map((verb) => `ecs:serverGroups:${verb}`);

test('whoever may manage server groups may look at them, as the published tables have it', () => {
  const managing = rightsOf({ Effect: 'Allow', Action: ['ecs:serverGroups:manage'] });
  assert.deepEqual(
    calls.map((call) => managing.allows(call)),
    [true, true, true],
  );
  assert.equal(managing.allows('ecs:servers:get'), false);
  const looking = rightsOf({ Effect: 'Allow', Action: ['ecs:*:get*', 'ecs:*:list*'] });
  assert.deepEqual(
    calls.map((call) => looking.allows(call)),
    [true, true, false],
  );
});

test('a denial of looking is one, whatever else is granted', () => {
  const rights = rightsOf(
    { Effect: 'Allow', Action: ['ecs:serverGroups:manage'] },
    { Effect: 'Deny', Action: ['ecs:serverGroups:list'] },
  );
  assert.deepEqual(
    calls.map((call) => rights.allows(call)),
    [true, false, true],
  );
});

test('a reader looks at server groups and makes none', () => {
  const reader = rightsOfRoles(['reader']);
  assert.deepEqual(
    calls.map((call) => reader.allows(call)),
    [true, true, false],
  );
});

test('a Deny in any policy wins over every Allow, also over that of an administrator', () => {
  const [admin] = rightsOfRoles(['admin']).held;
  const [denying] = rightsOf({ Effect: 'Deny', Action: ['ecs:servers:delete'] }).held;
  assert.ok(admin && denying);
  const rights = rightsOf.held(admin, denying);
  const decision = rights.decide('ecs:servers:delete');
  assert.equal(decision.isAllowed, false);
  assert.equal(decision.by?.held, denying);
  assert.equal(rights.allows('ecs:servers:get'), true);
});

test('what no statement speaks of is refused, and the decision says that none did', () => {
  const decision = rightsOf({ Effect: 'Allow', Action: ['ecs:servers:get'] }).decide('x:y:z');
  assert.deepEqual(decision, { action: 'x:y:z', isAllowed: false, by: null });
});

test('the decision names the statement that made it', () => {
  const rights = rightsOf(
    { Effect: 'Allow', Action: ['evs:*:*'] },
    { Effect: 'Allow', Action: ['ecs:servers:reboot'] },
  );
  const { by } = rights.decide('ecs:servers:reboot');
  assert.equal(by?.held.policy.name, 'written');
  assert.equal(by?.statement.index, 1);
});

test("no wildcard grants what only the cloud's operators may; spelled out it is granted", () => {
  for (const pattern of ['*', '*:*:*', 'ecs:*:*', 'ecs:*', 'ecs:hypervisors:*']) {
    const rights = rightsOf({ Effect: 'Allow', Action: [pattern] });
    assert.equal(rights.allows('ecs:hypervisors:list'), false, pattern);
  }
  const rest = rightsOf({ Effect: 'Allow', NotAction: ['ecs:servers:delete'] });
  assert.equal(rest.allows('ecs:hypervisors:list'), false);
  const spelled = rightsOf({ Effect: 'Allow', Action: ['ecs:hypervisors:list'] });
  assert.equal(spelled.allows('ecs:hypervisors:list'), true);
  assert.equal(rightsOfRoles(['admin']).allows('ecs:hypervisors:list'), true);
});

test('a wildcard for all services grants nothing of identity', () => {
  const all = rightsOf({ Effect: 'Allow', Action: ['*:*:*'] });
  assert.equal(all.allows('identity:users:update'), false);
  const named = rightsOf({ Effect: 'Allow', Action: ['identity:users:*'] });
  assert.equal(named.allows('identity:users:update'), true);
});

test('a role works only with the roles that it depends on', () => {
  assert.equal(rightsOfRoles(['server_adm']).allows('ecs:servers:create'), false);
  assert.equal(rightsOfRoles(['server_adm', 'readonly']).allows('ecs:servers:create'), true);
});

test('a grant on an enterprise project counts there, and only where that is honoured', () => {
  const [held] = rightsOf({ Effect: 'Allow', Action: ['ecs:*:*', 'evs:*:*'] }).held;
  assert.ok(held);
  const rights = rightsOf.held({ ...held, enterpriseProjectId: 'one' });
  const native = 'ecs:cloudServers:resize';
  assert.equal(rights.allows(native, { enterpriseProjectId: 'one' }), true);
  assert.equal(rights.allows(native, { enterpriseProjectId: 'other' }), false);
  assert.equal(rights.allows(native), false);
  for (const action of ['ecs:servers:get', 'evs:volumes:attach', 'ecs:cloudServerNics:update']) {
    assert.equal(rights.allows(action, { enterpriseProjectId: 'one' }), false, action);
  }
});
