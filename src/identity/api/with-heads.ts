import type { Endpoint } from '#endpoints/endpoint.ts';

/** Keystone answers HEAD wherever it answers GET: the same refusals and headers, no body. */
export function withHeads<Service>(endpoints: readonly Endpoint<Service>[]): Endpoint<Service>[] {
  return endpoints.flatMap((endpoint) =>
    endpoint.method === 'GET' ? [endpoint, { ...endpoint, method: 'HEAD' as const }] : [endpoint],
  );
}
