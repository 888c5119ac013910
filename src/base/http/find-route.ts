import findMyWay from 'find-my-way';
import type { HttpRoute } from './route.ts';

export interface FoundRoute {
  route: HttpRoute;
  params: Record<string, string>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null where the address names nothing. */
    found: FoundRoute | null;
  }
}

/** The longest name or id in an address; longer ones name nothing. */
const paramLength = 500;

/**
 * Finds whose an address is, whatever the method.
 * @returns takes the address as sent, with its query; null where it names nothing
 */
export function finderOf(routes: readonly HttpRoute[]): (url: string) => FoundRoute | null {
  const router = findMyWay({
    ignoreTrailingSlash: true,
    maxParamLength: paramLength,
    // The framework has read the query already.
    querystringParser: () => ({}),
  });
  // The router asks for a method and a handler; it is only asked whose an address is.
  for (const route of routes) router.on('GET', route.url, {}, () => undefined, route);
  return (url) => {
    const found = router.find('GET', url);
    if (!found?.store) return null;
    return { route: found.store, params: found.params as Record<string, string> };
  };
}
