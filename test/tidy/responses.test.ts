import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { declaredSurfaces } from '../../src/cloud/surfaces.ts';

/** Answers without a body, whatever their status says. */
const empty = new Set([
  'PUT /servers/{server_id}/tags/{tag}',
  'PUT /projects/{project_id}/tags/{value}',
  'DELETE /flavors/{flavor_id}/os-extra_specs/{key}',
  'DELETE /os-aggregates/{aggregate_id}',
  'DELETE /servers/{server_id}/shares/{share_id}',
  'DELETE /OS-ROLE/roles/{role_id}',
]);

test('every endpoint that answers JSON declares the shape of its answer', () => {
  const found: Record<string, number> = {};
  for (const surface of declaredSurfaces()) {
    const open = surface.endpoints.filter((endpoint) => lacksShape(endpoint));
    if (open.length > 0) found[surface.name] = open.length;
  }
  assert.deepEqual(found, {});
});

/** The same, of actions that share a path. */
const emptyActions = new Set(['evacuate']);

function lacksShape(endpoint: Endpoint<unknown>): boolean {
  const { method, path, status, response, action = '' } = endpoint;
  if (response || method === 'HEAD' || (status !== 200 && status !== 201)) return false;
  const isFile = path.endsWith('/file');
  // No such node can exist, so none is ever shown.
  const isNever = path === '/os-baremetal-nodes/{node_id}';
  return !isFile && !isNever && !empty.has(`${method} ${path}`) && !emptyActions.has(action);
}
