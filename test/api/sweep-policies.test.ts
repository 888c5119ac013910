import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { type Answered, type Client, logIn } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { foreignId, type Swept, send, sweptEndpoints } from './sweep-requests.ts';

/** What is in no required set; a policy may not be empty. */
const filler = 'evs:types:get';

/** The action that policy refused, if it did; HEAD has no body to say so. */
function refusedAction({ status, body }: Answered): string | undefined {
  if (status !== 403) return undefined;
  return /Policy doesn't allow (\S+) to be/.exec(JSON.stringify(body))?.[1];
}

describe('the sweep by tokens and policies', () => {
  let cloud: TestCloud;
  let offsetMs = 0;
  let swept: Swept[];
  let holder: Client;
  let policyPath: string;

  before(async () => {
    const nowMs = () => systemClock.nowMs() + offsetMs;
    const clock = Object.assign(Object.create(systemClock), { nowMs });
    cloud = await startTestCloud({ clock });
    swept = sweptEndpoints(cloud.cloud.surfaces);
    holder = await makeHolder();
  });
  after(() => cloud[Symbol.asyncDispose]());

  function policyOf(actions: readonly string[]) {
    const type = actions.some((action) => action.startsWith('identity:')) ? 'AX' : 'XA';
    const own = actions.length > 0 ? actions : [filler];
    const Statement = [{ Effect: 'Allow', Action: own }];
    const policy = { Version: '1.1', Statement };
    return { role: { display_name: 'swept', type, description: '', policy } };
  }

  /** One who has a single written policy, which each step writes anew. */
  async function makeHolder(): Promise<Client> {
    const { admin } = cloud;
    const role = (await admin.post('/v3.0/OS-ROLE/roles', policyOf([]))).body.role.id;
    policyPath = `/v3.0/OS-ROLE/roles/${role}`;
    const user = { name: 'holder', password: 'a long password' };
    const { id } = (await admin.post('/v3/users', { user })).body.user;
    await admin.put(`/v3/projects/${cloud.demo.projectId}/users/${id}/roles/${role}`);
    return logIn(cloud.url, user.name, user.password, 'demo');
  }

  async function write(actions: readonly string[]): Promise<void> {
    const { status, body } = await cloud.admin.patch(policyPath, policyOf(actions));
    assert.equal(status, 200, `${actions.join()}: ${JSON.stringify(body)}`);
  }

  /** Endpoints that require the same, by what that is. */
  function bySet(): [actions: readonly string[], sharing: Swept[]][] {
    const sets = Map.groupBy(swept, ({ endpoint }) => endpoint.requires.join(' '));
    return [...sets].flatMap(([key, sharing]) => (key ? [[key.split(' '), sharing]] : []));
  }

  test('the same policy less any one action is refused, by the name of that action', async () => {
    for (const [actions, sharing] of bySet()) {
      for (const missing of actions) {
        await write(actions.filter((action) => action !== missing));
        // All of them without the first action, one of them without each of the others.
        const asked = missing === actions[0] ? sharing : sharing.slice(0, 1);
        for (const { endpoint, prefix, name } of asked) {
          const answered = await send(holder, prefix, endpoint);
          assert.equal(answered.status, 403, `${name} without ${missing}`);
          if (endpoint.method !== 'HEAD') assert.equal(refusedAction(answered), missing, name);
        }
      }
    }
  });

  test("no endpoint takes another project's id in its path", async () => {
    for (const { surface, endpoint, prefix, name } of swept) {
      if (!surface.withProjectId) continue;
      for (const client of [cloud.demo, cloud.admin]) {
        const { status } = await send(client, `${prefix}/${foreignId}`, endpoint);
        assert.equal(status, 400, name);
      }
    }
  });

  test('a revoked token is none', async () => {
    const revoked = await logIn(cloud.url, 'holder', 'a long password', 'demo');
    const subject = { 'x-subject-token': revoked.token ?? '' };
    assert.equal((await cloud.admin.delete('/v3/auth/tokens', subject)).status, 204);
    for (const { endpoint, prefix, name } of swept) {
      assert.equal((await send(revoked, prefix, endpoint)).status, 401, name);
    }
  });

  test('an expired token is none, also that of an administrator', async () => {
    offsetMs = 25 * 3600_000;
    for (const { endpoint, prefix, name } of swept) {
      assert.equal((await send(cloud.admin, prefix, endpoint)).status, 401, name);
    }
  });
});
