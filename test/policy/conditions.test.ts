import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Condition } from '#policy/document.ts';
import { withAttributes } from './rights.ts';

const known: Record<string, string[]> = {
  'g:UserName': ['Alice'],
  'g:ProjectName': ['eu-de_dev'],
  'g:CurrentTime': ['2026-11-21T12:00:00.000Z'],
  'g:MFAPresent': ['true'],
  'g:MFAAge': ['300'],
  'g:ResourceTag/teams': ['dev', 'ops'],
};

function holds(condition: Condition): boolean {
  const rights = withAttributes((key) => known[key], {
    Effect: 'Allow',
    Action: ['ecs:*:*'],
    Condition: condition,
  });
  return rights.allows('ecs:servers:get');
}

const cases: [operator: string, key: string, values: string[], result: boolean][] = [
  ['StringEquals', 'g:UserName', ['bob', 'Alice'], true],
  ['StringEquals', 'g:UserName', ['alice'], false],
  ['StringNotEquals', 'g:UserName', ['bob'], true],
  ['StringNotEquals', 'g:UserName', ['bob', 'Alice'], false],
  ['StringEqualsIgnoreCase', 'g:UserName', ['ALICE'], true],
  ['StringNotEqualsIgnoreCase', 'g:UserName', ['ALICE'], false],
  ['StringMatch', 'g:ProjectName', ['eu-??_*'], true],
  ['StringMatch', 'g:ProjectName', ['EU-*'], false],
  ['StringNotMatch', 'g:ProjectName', ['eu-*'], false],
  ['StringStartWith', 'g:ProjectName', ['eu-'], true],
  ['StringEndWith', 'g:ProjectName', ['_dev'], true],
  ['StringEquals', 'g:ServiceName', ['ecs'], true],
  ['NumberEquals', 'g:MFAAge', ['300.0'], true],
  ['NumberNotEquals', 'g:MFAAge', ['300'], false],
  ['NumberLessThan', 'g:MFAAge', ['300'], false],
  ['NumberLessThanEquals', 'g:MFAAge', ['300'], true],
  ['NumberGreaterThan', 'g:MFAAge', ['299'], true],
  ['NumberGreaterThanEquals', 'g:MFAAge', ['301'], false],
  ['NumberLessThan', 'g:MFAAge', ['soon'], false],
  ['NumberNotEquals', 'g:MFAAge', ['soon'], false],
  ['DateLessThan', 'g:CurrentTime', ['2026-11-21T13:00:00Z'], true],
  ['DateLessThanEquals', 'g:CurrentTime', ['2026-11-21T12:00:00Z'], true],
  ['DateGreaterThan', 'g:CurrentTime', ['2026-11-21'], true],
  ['DateGreaterThanEquals', 'g:CurrentTime', ['2026-11-22'], false],
  ['DateLessThan', 'g:CurrentTime', ['tomorrow'], false],
  ['Bool', 'g:MFAPresent', ['True'], true],
  ['Bool', 'g:MFAPresent', ['false'], false],
  ['Null', 'g:MFAAge', ['false'], true],
  ['Null', 'g:MFAAge', ['true'], false],
  ['Null', 'g:DomainName', ['true'], true],
  ['StringEquals', 'g:DomainName', ['x'], false],
  ['StringNotEquals', 'g:DomainName', ['x'], false],
  ['StringEqualsIfExists', 'g:DomainName', ['x'], true],
  ['StringEqualsIfExists', 'g:UserName', ['x'], false],
  ['NullIfExists', 'g:DomainName', ['x'], false],
  ['NoSuchOperator', 'g:UserName', ['Alice'], false],
];

for (const [operator, key, values, result] of cases) {
  test(`${operator} ${key} ${values.join(' or ')}: ${result}`, () => {
    assert.equal(holds({ [operator]: { [key]: values } }), result);
  });
}

test('all operators and all keys must hold', () => {
  const user = { 'g:UserName': ['Alice'] };
  assert.equal(holds({ StringEquals: { ...user, 'g:ProjectName': ['eu-de_dev'] } }), true);
  assert.equal(holds({ StringEquals: { ...user, 'g:ProjectName': ['other'] } }), false);
  assert.equal(holds({ StringEquals: user, Bool: { 'g:MFAPresent': ['false'] } }), false);
});

test('sets are compared as a whole or by any member', () => {
  const tagged = (operator: string, values: string[]) => {
    const rights = withAttributes((key) => (key === 'g:UserName' ? ['dev', 'ops'] : undefined), {
      Effect: 'Allow',
      Action: ['*'],
      Condition: { [operator]: { 'g:UserName': values } },
    });
    return rights.allows('ecs:servers:get');
  };
  assert.equal(tagged('ForAllValues:StringEquals', ['dev', 'ops', 'qa']), true);
  assert.equal(tagged('ForAllValues:StringEquals', ['dev']), false);
  assert.equal(tagged('ForAnyValue:StringEquals', ['dev']), true);
  assert.equal(tagged('ForAnyValue:StringEquals', ['qa']), false);
  assert.equal(tagged('ForAnyValue:StringNotEquals', ['dev']), true);
  assert.equal(tagged('ForAllValues:StringNotEquals', ['dev']), false);
});

test('a Deny whose condition does not hold denies nothing', () => {
  const rights = withAttributes(
    (key) => known[key],
    { Effect: 'Allow', Action: ['*'] },
    { Effect: 'Deny', Action: ['*'], Condition: { Bool: { 'g:MFAPresent': ['false'] } } },
  );
  assert.equal(rights.allows('ecs:servers:get'), true);
});

test('what depends on circumstances is decided anew each time', () => {
  let time = '2026-11-21T12:00:00.000Z';
  const rights = withAttributes((key) => (key === 'g:CurrentTime' ? [time] : undefined), {
    Effect: 'Allow',
    Action: ['*'],
    Condition: { DateLessThan: { 'g:CurrentTime': ['2026-11-21T13:00:00Z'] } },
  });
  assert.equal(rights.allows('ecs:servers:get'), true);
  time = '2026-11-21T13:00:00.000Z';
  assert.equal(rights.allows('ecs:servers:get'), false);
});

test('tags are those of the resource that the call is about', () => {
  const rights = withAttributes(() => undefined, {
    Effect: 'Allow',
    Action: ['*'],
    Condition: { StringEqualsIgnoreCase: { 'g:ResourceTag/team': ['DEV'] } },
  });
  assert.equal(rights.allows('ecs:cloudServers:resize', { tags: { team: 'dev' } }), true);
  assert.equal(rights.allows('ecs:cloudServers:resize', { tags: { team: 'ops' } }), false);
  assert.equal(rights.allows('ecs:cloudServers:resize'), false);
});
