import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { surfacesOf } from '../../src/cloud/surfaces.ts';

/**
 * How many endpoints of a surface answer JSON without a declared shape. These numbers may only
 * become smaller, and each surface that is not named here has none.
 */
const gaps: Readonly<Record<string, number>> = {
  'identity-v3': 48,
  'network-v2.0': 33,
  network: 1,
};

/** Answers without a body, whatever their status says. */
const empty = new Set([
  'PUT /servers/{server_id}/tags/{tag}',
  'DELETE /flavors/{flavor_id}/os-extra_specs/{key}',
  'DELETE /os-aggregates/{aggregate_id}',
  'DELETE /servers/{server_id}/shares/{share_id}',
]);

test('every endpoint that answers JSON declares the shape of its answer', () => {
  const nothing = {} as never;
  const services = { compute: nothing, identity: nothing, images: nothing, networks: nothing };
  const found: Record<string, number> = {};
  for (const surface of surfacesOf(services)) {
    const open = surface.endpoints.filter((endpoint) => lacksShape(endpoint));
    if (open.length > 0) found[surface.name] = open.length;
  }
  assert.deepEqual(found, gaps);
});

function lacksShape(endpoint: Endpoint<unknown>): boolean {
  const { method, path, status, response } = endpoint;
  if (response || method === 'HEAD' || (status !== 200 && status !== 201)) return false;
  const isFile = path.endsWith('/file');
  // No such node can exist, so none is ever shown.
  const isNever = path === '/os-baremetal-nodes/{node_id}';
  return !isFile && !isNever && !empty.has(`${method} ${path}`);
}
