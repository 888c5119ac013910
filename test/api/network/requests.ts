import assert from 'node:assert/strict';
import type { Answered, Client } from '#test/client.ts';
import type { TestCloud } from '#test/cloud.ts';

export const root = '/network/v2.0';
export const missingId = '00000000-0000-4000-8000-000000000000';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into as clients do
type Resource = any;

/** Makes a resource and returns it; fails with what the cloud answered. */
export async function make(
  client: Client,
  collection: string,
  name: string,
  attributes: object,
): Promise<Resource> {
  const answer = await client.post(`${root}/${collection}`, { [name]: attributes });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body[name];
}

/** A network with one subnet. */
export async function makeNetwork(client: Client, cidr: string, attributes: object = {}) {
  const network = await make(client, 'networks', 'network', { name: `net ${cidr}` });
  const wanted = { network_id: network.id, ip_version: 4, cidr, ...attributes };
  const subnet = await make(client, 'subnets', 'subnet', wanted);
  return { network, subnet };
}

export function makePort(client: Client, attributes: object): Promise<Resource> {
  return make(client, 'ports', 'port', attributes);
}

/** Neutron's shape of a refusal, with this status and type. */
export function assertRefused(answer: Answered, status: number, type?: string): void {
  const text = JSON.stringify(answer.body);
  assert.equal(answer.status, status, text);
  const error = answer.body.NeutronError;
  assert.equal(typeof error?.message, 'string', text);
  assert.equal(error.detail, '', text);
  if (type !== undefined) assert.equal(error.type, type, text);
  assert.match(answer.headers.get('x-openstack-request-id') ?? '', /^req-/);
}

/**
 * What every endpoint of one resource refuses: no token, another project, a reader who writes,
 * unknown ids, bodies that are none.
 */
export async function assertEndpointsRefuse(
  cloud: TestCloud,
  resource: { collection: string; name: string; id: string; body: object; update?: object },
): Promise<void> {
  const { collection, name, id, body, update } = resource;
  const list = `${root}/${collection}`;
  const [one, unknown] = [`${list}/${id}`, `${list}/${missingId}`];
  const reader = await cloud.userOf('demo', 'reader');
  const stranger = await cloud.userOf('strangers', 'member');
  for (const path of [list, one]) assert.equal((await cloud.nobody.get(path)).status, 401);
  assert.equal((await cloud.nobody.post(list, { [name]: body })).status, 401);
  assertRefused(await reader.post(list, { [name]: body }), 403, 'PolicyNotAuthorized');
  assertRefused(await reader.delete(one), 403, 'PolicyNotAuthorized');
  assert.equal((await reader.get(one)).status, 200);
  assert.equal((await cloud.admin.get(one)).status, 200);
  for (const [client, path] of [
    [stranger, one],
    [cloud.demo, unknown],
    [cloud.demo, `${list}/x%27%20or%201=1`],
  ] as const) {
    assertRefused(await client.get(path), 404);
    assertRefused(await client.delete(path), 404);
    if (update) assertRefused(await client.put(path, { [name]: update }), 404);
  }
  for (const bad of [{}, { [name]: null }, { [name]: [] }, { [name]: { ...body, odd: 1 } }, []]) {
    assertRefused(await cloud.demo.post(list, bad), 400);
    if (update) assertRefused(await cloud.demo.put(one, bad), 400);
  }
  if (update) {
    assertRefused(await reader.put(one, { [name]: update }), 403, 'PolicyNotAuthorized');
    assertRefused(await cloud.demo.put(one, { [name]: { id: 'x' } }), 400, 'HTTPBadRequest');
  }
  const listed = (await stranger.get(`${list}?id=${id}`)).body[collection.replaceAll('-', '_')];
  assert.deepEqual(listed, []);
}
