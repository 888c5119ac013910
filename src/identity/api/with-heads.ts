import type { Endpoint } from '#endpoints/endpoint.ts';

/** Keystone answers HEAD wherever it answers GET: the same refusals and headers, no body. */
export function withHeads<Service>(endpoints: readonly Endpoint<Service>[]): Endpoint<Service>[] {
  return endpoints.flatMap((endpoint) => {
    if (endpoint.method !== 'GET') return [endpoint];
    const { response: _, ...bare } = endpoint;
    return [endpoint, { ...bare, method: 'HEAD' as const }];
  });
}
