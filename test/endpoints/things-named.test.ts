import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { KeptAnswers } from '#endpoints/kept-answers.ts';
import { type IncomingRequest, type ServeTools, serve } from '#endpoints/serve.ts';
import type { Surface } from '#endpoints/surface.ts';
import { Validation } from '#endpoints/validation.ts';
import { actorWithRoles } from '#policy/actor.ts';
import type { Rights } from '#policy/rights.ts';
import { rightsOf } from '../policy/rights.ts';

const detach: Endpoint<unknown>['requires'] = ['ecs:serverInterfaces:use'];

/** Takes a card, which is a port of `portProject`, from a server. @returns who was asked what */
async function asked(rights: Rights, portProject = 'mine') {
  const questions: string[] = [];
  const ask = <T>(question: string, answer: T): T => {
    questions.push(question);
    return answer;
  };
  const endpoint: Partial<Endpoint<unknown>> = {
    method: 'DELETE',
    requires: detach,
    status: 202,
    target: {
      find: async () => ({ projectId: 'mine' }),
      thing: { type: 'instance', of: () => ask('server', { id: 'one', projectId: 'mine' }) },
      absent: () => new Error('absent'),
    },
    names: {
      types: ['port'],
      find: async () => ask('port', [{ type: 'port', id: 'card', projectId: portProject }]),
    },
    handle: async () => ask('work', undefined),
  };
  const surface = { name: 'one', service: {}, fixedVersion: { major: 2, minor: 1 } };
  const request = { params: {}, query: {}, headers: {}, path: '/one' } as unknown;
  const actor = { ...actorWithRoles('mine', []), projectDomainId: 'account', rights };
  const tools: ServeTools = {
    authenticate: async () => actor,
    validation: new Validation(),
    kept: new KeptAnswers(
      () => undefined,
      () => 0,
    ),
    accounts: {
      domainOf: async (id) => ask(`account of ${id}`, `account of ${id}`),
      domainOfUser: async () => assert.fail('no user was named'),
    },
  };
  const candidates = [endpoint as Endpoint<unknown>];
  const served = serve(surface as Surface<unknown>, candidates, request as IncomingRequest, tools);
  const refusal = await served.then(
    () => null,
    (error: Error) => error.message,
  );
  return { questions, refusal };
}

const use = { Effect: 'Allow', Action: [...detach] } as const;
const denied = (Action: string, Resource: string) =>
  rightsOf(use, { Effect: 'Deny', Action: [Action], Resource: [Resource] });
const refused = (action: string) => `Policy doesn't allow ${action} to be performed.`;

test('whose rights name nothing costs no question', async () => {
  const denial = { Effect: 'Deny', Action: ['vpc:ports:update'] } as const;
  for (const rights of [rightsOf(use), rightsOf(use, denial)]) {
    assert.deepEqual(await asked(rights), { questions: ['work'], refusal: null });
  }
});

test('what is of one project is of its account, and no other is looked for', async () => {
  const rights = denied('vpc:ports:update', 'vpc:*:account:port:other');
  assert.deepEqual(await asked(rights), { questions: ['server', 'port', 'work'], refusal: null });
  const { questions } = await asked(rights, 'theirs');
  assert.deepEqual(questions, ['server', 'port', 'account of theirs', 'work']);
});

test('what may not be done to the one that the path names asks for no other', async () => {
  const { questions, refusal } = await asked(denied('ecs:*:*', 'ecs:*:*:instance:one'));
  assert.deepEqual(questions, ['server']);
  assert.equal(refusal, refused('ecs:serverInterfaces:use'));
});

test('a thing that is used by the way is decided by its own name and account', async () => {
  const cases: [action: string, resource: string, project: string, refusal: string | null][] = [
    ['vpc:ports:update', 'vpc:*:*:port:card', 'mine', refused('vpc:ports:update')],
    ['vpc:ports:get', 'vpc:*:*:port:card', 'mine', refused('vpc:ports:get')],
    ['vpc:*:*', 'vpc:*:account:port:*', 'mine', refused('vpc:ports:get')],
    ['vpc:*:*', 'vpc:*:account:port:*', 'theirs', null],
    ['vpc:*:*', 'vpc:*:account of theirs:port:*', 'theirs', refused('vpc:ports:get')],
    ['vpc:ports:delete', 'vpc:*:*:port:card', 'mine', null],
    ['ecs:*:*', 'vpc:*:*:port:card', 'mine', null],
  ];
  for (const [action, resource, project, refusal] of cases) {
    const answered = await asked(denied(action, resource), project);
    assert.equal(answered.refusal, refusal, `${action} ${resource} ${project}`);
  }
});
