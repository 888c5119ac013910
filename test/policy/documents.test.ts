import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '#base/errors.ts';
import { apiRules } from '#endpoints/api-rules.ts';
import type { Surface } from '#endpoints/surface.ts';
import { readPolicyRequest } from '#identity/policies/read-request.ts';

const rules = apiRules([]);
const statement = { Effect: 'Allow', Action: ['evs:volumes:attach'] };
const policy = { Version: '1.1', Statement: [statement] };
const role = { display_name: 'attach', type: 'XA', description: '', policy };

function codeOf(written: unknown, held = rules): string {
  try {
    readPolicyRequest(written, held);
    return 'accepted';
  } catch (error) {
    assert.ok(error instanceof ApiError);
    return error.code;
  }
}

const withPolicy = (change: object) => ({ ...role, policy: { ...policy, ...change } });
const withStatement = (change: object) => withPolicy({ Statement: [{ ...statement, ...change }] });
const withCondition = (Condition: unknown) => withStatement({ Condition });
const withResource = (resource: string | string[], action = 'evs:volumes:get') =>
  withStatement({ Action: [action], Resource: [resource].flat() });
const many = (count: number, item: unknown = 'evs:volumes:get') => Array(count).fill(item);

const cases: [what: string, written: unknown, code: string][] = [
  ['as it should be', role, 'accepted'],
  ['effects in lower case', withStatement({ Effect: 'deny' }), 'accepted'],
  ['a wildcard that means nothing', withStatement({ Action: ['evs:nothing:*'] }), 'accepted'],
  ['another case', withStatement({ Action: ['evs:VOLUMES:Attach'] }), 'accepted'],
  ['no role', undefined, 'IAM.1000'],
  ['no name', { ...role, display_name: ' ' }, 'IAM.1001'],
  ['a long name', { ...role, display_name: 'x'.repeat(65) }, 'IAM.1002'],
  ['a name with a line break', { ...role, display_name: 'a\nb' }, 'IAM.1003'],
  ['no type', { ...role, type: undefined }, 'IAM.1004'],
  ['a catalog', { ...role, catalog: 'ECS' }, 'IAM.1006'],
  ['a flag', { ...role, flag: 'fine_grained' }, 'IAM.1007'],
  ['a name of its own', { ...role, name: 'x' }, 'IAM.1008'],
  ['another type', { ...role, type: 'AA' }, 'IAM.1009'],
  ['no description', { ...role, description: undefined }, 'IAM.1018'],
  ['a description of another type', { ...role, description_cn: 7 }, 'IAM.1019'],
  ['no policy', { ...role, policy: [] }, 'IAM.1020'],
  ['a long policy', withStatement({ Action: many(100, `evs:${'x'.repeat(80)}:*`) }), 'IAM.1021'],
  ['version 1.0', withPolicy({ Version: '1.0' }), 'IAM.1024'],
  ['dependencies', withPolicy({ Depends: [] }), 'IAM.1025'],
  ['no statements', withPolicy({ Statement: {} }), 'IAM.1027'],
  ['nine statements', withPolicy({ Statement: many(9, statement) }), 'IAM.1028'],
  ['another effect', withStatement({ Effect: 'Maybe' }), 'IAM.1029'],
  ['no actions', withStatement({ Action: undefined }), 'IAM.1030'],
  ['both kinds of actions', withStatement({ NotAction: ['evs:volumes:get'] }), 'IAM.1031'],
  ['101 actions', withStatement({ Action: many(101) }), 'IAM.1033'],
  ['a long action', withStatement({ Action: [`evs:${'x'.repeat(128)}:*`] }), 'IAM.1034'],
  ['two segments', withStatement({ Action: ['evs:*'] }), 'IAM.1035'],
  ['a service in capitals', withStatement({ Action: ['EVS:volumes:get'] }), 'IAM.1035'],
  ['an unknown action', withStatement({ Action: ['vpc:ports:creare'] }), 'IAM.1036'],
  ['no resources', withStatement({ Resource: [] }), 'IAM.1037'],
  ['an old resource', withStatement({ Resource: { uri: ['/x'] } }), 'IAM.1038'],
  ['eleven agencies', withStatement({ Resource: { uri: many(11) } }), 'IAM.1040'],
  ['a blank resource', withStatement({ Resource: [''] }), 'IAM.1041'],
  ['a long resource', withStatement({ Resource: ['x'.repeat(1501)] }), 'IAM.1042'],
  ['no region', withStatement({ Resource: ['ecs::d:instance:i'] }), 'IAM.1043'],
  ['an unknown service', withStatement({ Resource: ['foo:*:*:x:*'] }), 'IAM.1045'],
  ['a type that evs has not', withResource('evs:*:*:instance:i'), 'IAM.1045'],
  ['a type there is not', withResource('*:*:*:shoe:*'), 'IAM.1045'],
  ['one user as resource', withResource('identity:*:*:user:u', 'identity:users:*'), 'IAM.1045'],
  ['a server for volumes', withResource('ecs:*:*:instance:i'), 'IAM.1045'],
  ['a server by the way', withResource(['evs:*:*:volume:*', 'ecs:*:*:instance:i']), 'IAM.1045'],
  ['one volume', withResource('evs:*:*:volume:v'), 'accepted'],
  ['any type of a service', withResource('EVS:*:*:*:v'), 'accepted'],
  ['one thing and all', withResource(['*', 'ecs:*:*:instance:i']), 'accepted'],
  ['tags of volumes', withCondition({ StringEquals: { 'g:ResourceTag/a': ['b'] } }), 'IAM.1052'],
  ['no tags of volumes', withCondition({ Null: { 'g:ResourceTag/a': ['true'] } }), 'accepted'],
  ['a short resource', withStatement({ Resource: ['ecs:*:*'] }), 'IAM.1047'],
  ['a number as resource', withStatement({ Resource: 7 }), 'IAM.1049'],
  ['an empty condition', withCondition({}), 'IAM.1050'],
  ['an unknown operator', withCondition({ Like: { 'g:UserName': ['x'] } }), 'IAM.1051'],
  ['an unknown key', withCondition({ StringEquals: { 'g:Shoe': ['x'] } }), 'IAM.1052'],
  ['one value', withCondition({ StringEquals: { 'g:UserName': 'x' } }), 'IAM.1053'],
  ['no keys', withCondition({ StringEquals: {} }), 'IAM.1054'],
  ['a name as number', withCondition({ NumberEquals: { 'g:UserName': ['1'] } }), 'IAM.1055'],
  ['no values', withCondition({ StringEquals: { 'g:UserName': [] } }), 'IAM.1056'],
  ['a value with NUL', withCondition({ StringEquals: { 'g:UserName': ['\0'] } }), 'IAM.1057'],
  ['an unknown member', withStatement({ Principal: '*' }), 'IAM.1059'],
  ['identity for projects', withStatement({ Action: ['identity:users:*'] }), 'IAM.0077'],
];

for (const [what, written, code] of cases) {
  test(`a policy with ${what}: ${code}`, () => assert.equal(codeOf(written), code));
}

/** One call names what it is about, one lists, and one is about what has no type. */
const surface = {
  name: 'compute',
  prefixes: [],
  endpoints: [
    { requires: ['ecs:servers:get', 'ims:images:get'], target: { thing: { type: 'instance' } } },
    { requires: ['ecs:servers:list'] },
    { requires: ['identity:users:get'] },
  ],
} as unknown as Surface<unknown>;

test('a right to one thing that no call decides for one is refused, to all of them not', () => {
  const served = apiRules([surface]);
  const codeFor = (Action: string[], Resource: string) => {
    const written = withStatement({ Action, Resource: [Resource] });
    return codeOf(written, served);
  };
  assert.equal(codeFor(['ecs:servers:list'], 'ecs:*:*:instance:one'), 'IAM.1045');
  assert.equal(codeFor(['ecs:servers:list'], 'ecs:*:*:instance:*'), 'accepted');
  assert.equal(
    codeFor(['ecs:servers:get', 'ecs:servers:list'], 'ecs:*:*:instance:one'),
    'accepted',
  );
  assert.equal(codeFor(['ecs:*:*'], 'ecs:*:*:instance:one'), 'accepted');
  assert.equal(codeFor(['ecs:servers:get', 'ims:images:get'], 'ecs:*:*:instance:one'), 'IAM.1045');
  assert.equal(codeFor(['*:*:get'], 'ecs:*:*:instance:one'), 'accepted');
  assert.equal(codeFor(['ecs:nothing:*'], 'ecs:*:*:instance:one'), 'IAM.1045');
  // As a whole a service may be named; it is refused for being of accounts.
  assert.equal(codeFor(['identity:*:*'], 'identity:*:*:*:*'), 'IAM.0077');
});
