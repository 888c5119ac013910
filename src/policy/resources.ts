import { regionName } from '#base/region.ts';
import type { Statement } from './document.ts';
import { globMatches } from './globs.ts';
import { type ResourceType, serviceOfType, typeOfAction } from './resource-types.ts';

/** Tells of a resource, `ecs:region:domain:instance:id`, whether a statement speaks of it. */
export type ResourceMatcher = (resource: string) => boolean;

/** Case does not count: published examples write both. */
export function compileResource(resource: Statement['Resource']): ResourceMatcher {
  if (resource === undefined) return () => true;
  // The object form speaks of agencies, of which there are none.
  if (!Array.isArray(resource)) return () => false;
  const patterns = (resource as readonly string[]).map((pattern) => pattern.toLowerCase());
  if (patterns.includes('*')) return () => true;
  return (actual) => patterns.some((pattern) => globMatches(pattern, actual.toLowerCase()));
}

/** Whether a statement speaks of some things and not of others. */
export function namesResources(resource: Statement['Resource']): boolean {
  return Array.isArray(resource) && !resource.includes('*');
}

/** A thing as statements name it: `ecs:RegionOne:default:instance:<id>`. */
export function resourceName(type: ResourceType, domainId: string, id: string): string {
  return [serviceOfType(type), regionName, domainId, type, id].join(':');
}

/** No pattern can hold it, so that nothing but `*` stands for it. */
const any = '\0';

/**
 * What a call is about that names nothing, as lists and creations do: all there is of its kind in
 * the account. A statement about `instance:*` speaks of that, one about a single server does not.
 */
export function openResource(action: string, domainId: string): string {
  const type = typeOfAction(action);
  if (type) return resourceName(type, domainId, any);
  const [service = ''] = action.split(':');
  return [service, regionName, domainId, any, any].join(':');
}
