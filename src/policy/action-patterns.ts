import { globMatches } from './globs.ts';

/** Tells of an action, `ecs:servers:get`, whether a pattern means it. */
export type ActionMatcher = (action: string) => boolean;

/**
 * Segments are compared one by one, so that `*` never reaches over a colon; a bare `*` means all
 * actions and a trailing one in place of several segments, `identity:*`, all of a service. Names of
 * services are lower case, of the others the case does not count.
 */
export function compileActionPattern(pattern: string): ActionMatcher {
  if (pattern === '*') return () => true;
  const [service = '', ...rest] = pattern.split(':');
  const wanted = [service, ...rest.map((segment) => segment.toLowerCase())];
  const isOpen = wanted.length < 3 && wanted.at(-1) === '*';
  return (action) => {
    const segments = action.toLowerCase().split(':');
    if (isOpen ? segments.length < wanted.length : segments.length !== wanted.length) return false;
    return wanted.every((segment, index) => globMatches(segment, segments[index] ?? ''));
  };
}

export function hasWildcard(pattern: string): boolean {
  return pattern.includes('*');
}

/** `ecs:*:get*` → `ecs`; undefined where it is left open. */
export function serviceOf(pattern: string): string | undefined {
  const [service = ''] = pattern.split(':');
  return hasWildcard(service) ? undefined : service;
}
