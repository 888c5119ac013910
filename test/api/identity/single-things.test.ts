import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { typesNamedIn } from '#endpoints/things-named.ts';
import { isAbout, type ResourceType } from '#policy/resource-types.ts';
import { resourceName } from '#policy/resources.ts';
import type { Answered, Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { namesIn } from '../sweep/path-names.ts';
import { type Place, placesOf } from './places-of-things.ts';
import { holderOf } from './single-servers.ts';

/** What each name of a path that stands for one of these things is of. */
const typesByName: Readonly<Record<string, ResourceType>> = {
  server_id: 'instance',
  flavor_id: 'flavor',
  keypair_name: 'keypair',
  server_group_id: 'serverGroup',
  image_id: 'image',
  network_id: 'network',
  subnet_id: 'subnet',
  port_id: 'port',
  router_id: 'router',
  security_group_id: 'securityGroup',
  security_group_rule_id: 'securityGroupRule',
  floatingip_id: 'floatingIp',
  floating_ip_id: 'floatingIp',
  volume_id: 'volume',
};

/** Of these statements can not be: the grammar has no type for them. */
const withoutType = [
  ...['access_key', 'credential_id', 'quota_project_id', 'trust_id', 'usage_project_id'],
];

const plain = { Effect: 'Allow', Action: ['ecs:*:*', 'vpc:*:*', 'ims:*:*'] };
const named = (type: ResourceType, id: string) => resourceName(type, '*', id);

function assertRefused({ status, body }: Answered, action: string): void {
  assert.equal(status, 403, JSON.stringify(body));
  assert.match(JSON.stringify(body), new RegExp(`Policy doesn't allow ${action} to be performed`));
}

describe('rights to single things', () => {
  let cloud: TestCloud;
  let places: readonly Place[];

  before(async () => {
    cloud = await startTestCloud();
    places = await placesOf(cloud);
  });
  after(() => cloud[Symbol.asyncDispose]());

  test('whatever a path names by its id is told to policy', () => {
    const missing = cloud.cloud.surfaces.flatMap(({ name, endpoints }) =>
      endpoints
        .filter(({ requires, public: isPublic }) => !isPublic && requires.length > 0)
        .filter((endpoint) => isUntold(endpoint))
        .map(({ method, path, action }) => `${name} ${method} ${path} ${action ?? ''}`),
    );
    assert.deepEqual(missing, []);
  });

  test('whatever a path names of a project or a user has a type, or is known to have none', () => {
    const endpoints = cloud.cloud.surfaces.flatMap((surface) => surface.endpoints);
    const owned = endpoints.flatMap((endpoint) =>
      namesIn(endpoint).filter(([, owner]) => owner === 'project' || owner === 'user'),
    );
    const untyped = owned.filter(([name]) => !Object.hasOwn(typesByName, name));
    assert.deepEqual([...new Set(untyped.map(([name]) => name))].sort(), withoutType);
  });

  test('a statement that could have no effect is refused when it is written', async () => {
    const write = async (Action: string, Resource: string) => {
      const Statement = [{ Effect: 'Deny', Action: [Action], Resource: [Resource] }];
      const policy = { Version: '1.1', Statement };
      const role = { display_name: 'idle', type: 'XA', description: 'idle', policy };
      const { status, body } = await cloud.admin.post('/v3.0/OS-ROLE/roles', { role });
      return status === 201 ? 201 : `${status} ${body.error_msg}`;
    };
    assert.equal(await write('vpc:ports:get', 'vpc:*:*:port:some'), 201);
    assert.match(`${await write('vpc:ports:get', 'vpc:*:*:nic:some')}`, /^400 .*no such type/);
    assert.match(`${await write('vpc:ports:list', 'vpc:*:*:port:some')}`, /^400 .*no action/);
    assert.match(`${await write('vpc:ports:get', 'ims:*:*:image:some')}`, /^400 No resource/);
  });

  test('a Deny for one thing takes that one away, wherever it is read', async () => {
    for (const { type, ids, paths, get } of places) {
      const Resource = [named(type, ids[0])];
      const denied = { Effect: 'Deny', Action: [get], Resource };
      const most = await holderOf(cloud, `denied ${get}`, plain, denied);
      const mine = await ownOf(most, type, ids);
      for (const path of paths) {
        assertRefused(await mine.get(`${path}/${ids[0]}`), get);
        assert.equal((await mine.get(`${path}/${ids[1]}`)).status, 200, `${path} of another`);
        assert.equal((await mine.get(path)).status, 200, `${path} lists`);
      }
    }
  });

  test('an Allow for one thing is good for that one, and lists nothing', async () => {
    for (const { type, ids, paths, get } of places) {
      const Resource = [named(type, ids[0])];
      const allowed = { Effect: 'Allow', Action: [get, get.replace(/get$/, 'list')], Resource };
      const extra = { Effect: 'Allow', Action: ['ecs:serverKeypairs:create'] };
      const one = await holderOf(cloud, `allowed ${get}`, allowed, extra);
      const mine = await ownOf(one, type, ids);
      for (const path of paths) {
        assert.equal((await mine.get(`${path}/${ids[0]}`)).status, 200, path);
        assertRefused(await mine.get(`${path}/${ids[1]}`), get);
        assert.equal((await mine.get(path)).status, 403, `${path} lists`);
      }
    }
  });
});

function isUntold(endpoint: Endpoint<unknown>): boolean {
  const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const types = names.flatMap((name) => typesByName[name] ?? []);
  const told = typesNamedIn(endpoint);
  if (types.some((type) => !told.includes(type))) return true;
  // What is told must be to the point of something that the call requires.
  const [first] = types;
  if (first === undefined) return false;
  return !endpoint.requires.some((action) => isAbout(action, resourceName(first, 'a', 'b')));
}

/** Key pairs are of users, so each has them by the same names. */
async function ownOf(client: Client, type: string, names: readonly string[]): Promise<Client> {
  if (type !== 'keypair') return client;
  for (const name of names) {
    const made = await client.post('/v2.1/os-keypairs', { keypair: { name } });
    assert.equal(made.status, 200, JSON.stringify(made.body));
  }
  return client;
}
