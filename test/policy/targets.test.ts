import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compilePolicy } from '#policy/compile.ts';
import type { Statement } from '#policy/document.ts';
import { resourceName } from '#policy/resources.ts';
import { rightsOf, withAttributes } from './rights.ts';

const one = { resource: resourceName('instance', 'account', 'one') };
const other = { resource: resourceName('instance', 'account', 'other') };
const reboot = 'ecs:servers:reboot';
const list = 'ecs:servers:list';

const allowing = (...Resource: string[]): Statement => ({
  Effect: 'Allow',
  Action: ['*:*:*'],
  Resource,
});

const inAccount = (key: string) => (key === 'g:DomainId' ? ['account'] : undefined);

test('what names nothing is about all of a kind, in this region and account', () => {
  const cases: [pattern: string, lists: boolean][] = [
    ['*', true],
    ['*:*:*:*:*', true],
    ['ecs:*:*:*:*', true],
    ['ecs:*:*:instance:*', true],
    ['ECS:regionone:Account:Instance:*', true],
    ['ecs:RegionTwo:*:instance:*', false],
    ['ecs:*:other:instance:*', false],
    ['ecs:*:*:instance:one', false],
    ['ecs:*:*:instance:*e*', false],
    ['ecs:*:*:volume:*', false],
    ['evs:*:*:*:*', false],
  ];
  for (const [pattern, lists] of cases) {
    const rights = withAttributes(inAccount, allowing(pattern));
    assert.equal(rights.allows(list), lists, pattern);
    const denied: Statement = { Effect: 'Deny', Action: [list], Resource: [pattern] };
    const most = withAttributes(inAccount, allowing('*'), denied);
    assert.equal(most.allows(list), !lists, `Deny ${pattern}`);
  }
  const servers = rightsOf(allowing('ecs:*:*:instance:*'));
  assert.equal(servers.allows('ecs:flavors:list'), false);
  assert.equal(servers.allows('vpc:ports:create'), false);
});

test('what is said of a server is said to no action of another service', () => {
  const rights = rightsOf(allowing('ecs:*:*:instance:one'));
  assert.equal(rights.allows(reboot, one), true);
  assert.equal(rights.allows('ecs:securityGroups:use', one), true);
  assert.equal(rights.allows('vpc:ports:create', one), false);
  const tagged = rightsOf({
    Effect: 'Allow',
    Action: ['*:*:*'],
    Condition: { StringEquals: { 'g:ResourceTag/team': ['dev'] } },
  });
  const target = { ...one, tags: { team: ['ops', 'dev'] } };
  assert.equal(tagged.allows(reboot, target), true);
  assert.equal(tagged.allows('vpc:ports:create', target), false);
});

test('beforehand only that is refused which nothing could allow', () => {
  const bound = rightsOf({ ...allowing('ecs:*:*:instance:one'), Action: [reboot] });
  assert.equal(bound.isBound, true);
  assert.equal(bound.allows(reboot), false);
  assert.equal(bound.mayAllow(reboot), true);
  assert.equal(bound.mayAllow(list), false);
  const plain = rightsOf({ Effect: 'Allow', Action: [reboot] });
  assert.equal(plain.isBound, false);
  const all = allowing('*');
  const denied: Statement = { Effect: 'Deny', Action: [reboot] };
  assert.equal(rightsOf(all, denied).mayAllow(reboot), false);
  const boundDenied = { ...denied, Resource: ['ecs:*:*:instance:one'] };
  assert.equal(rightsOf(all, boundDenied).mayAllow(reboot), true);
  assert.equal(rightsOf(all, boundDenied).allows(reboot, one), false);
  assert.equal(rightsOf(all, boundDenied).allows(reboot, other), true);
  const agency: Statement = { Effect: 'Allow', Action: [reboot], Resource: { uri: ['/iam'] } };
  assert.equal(rightsOf(agency).mayAllow(reboot), false);
});

test('what somebody is denied for one thing is not theirs to give', () => {
  const denied: Statement = {
    Effect: 'Deny',
    Action: [reboot],
    Resource: ['ecs:*:*:instance:one'],
  };
  const rights = rightsOf({ Effect: 'Allow', Action: [reboot, list] }, denied);
  assert.equal(rights.allows(reboot), true);
  assert.equal(rights.allowsAll(reboot), false);
  assert.equal(rights.allowsAll(list), true);
});

test('a limit that is about one thing lets through that one', () => {
  const document = { Version: '1.1', Statement: [allowing('ecs:*:*:instance:one')] } as const;
  const limit = compilePolicy({ id: 'limit', name: 'limit', document });
  const rights = rightsOf({ Effect: 'Allow', Action: ['ecs:*:*'] }).within(limit);
  assert.equal(rights.isBound, true);
  assert.equal(rights.mayAllow(reboot), true);
  assert.equal(rights.mayAllow('vpc:ports:create'), false);
  assert.deepEqual([rights.allows(reboot, one), rights.allows(reboot, other)], [true, false]);
  assert.equal(rights.allows(list), false);
});
