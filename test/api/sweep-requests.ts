import { withinRange } from '#base/microversion.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import type { Surface } from '#endpoints/surface.ts';
import type { Client } from '#test/client.ts';

/** Looks like an id of everything and is the id of nothing. */
export const foreignId = '00000000-0000-4000-8000-000000000000';

/** One endpoint as it is reached by one way in. */
export interface Swept {
  surface: Surface<unknown>;
  endpoint: Endpoint<unknown>;
  prefix: string;
  name: string;
}

export function pathOf(prefix: string, endpoint: Endpoint<unknown>): string {
  return prefix + endpoint.path.replaceAll(/\{\w+\}/g, foreignId);
}

/** A body of the right action, empty otherwise: enough to get as far as the permission. */
function bodyOf(endpoint: Endpoint<unknown>): unknown {
  if (endpoint.method === 'GET' || endpoint.method === 'HEAD') return undefined;
  if (endpoint.stream) return 'bytes';
  return endpoint.action ? { [endpoint.action]: null } : {};
}

export function send(client: Client, prefix: string, endpoint: Endpoint<unknown>) {
  const [type] = endpoint.stream ?? [];
  const headers: Record<string, string> = type ? { 'content-type': type } : {};
  // A newer endpoint is asked for in a version that has it.
  if (endpoint.since) headers['openstack-api-version'] = `compute ${endpoint.since}`;
  return client.request(endpoint.method, pathOf(prefix, endpoint), bodyOf(endpoint), headers);
}

/** Every endpoint of every surface for which a token is needed. */
export function sweptEndpoints(surfaces: readonly Surface<unknown>[]): Swept[] {
  return surfaces.flatMap((surface) => {
    const [prefix = ''] = surface.prefixes;
    return surface.endpoints.flatMap((endpoint) => {
      if (endpoint.public) return [];
      // A surface of one version has no endpoint that came later.
      if (!surface.versioning && !withinRange(surface.fixedVersion, endpoint)) return [];
      const action = endpoint.action ?? '';
      const name = `${endpoint.method} ${prefix}${endpoint.path} ${action}`;
      return [{ surface, endpoint, prefix, name }];
    });
  });
}
