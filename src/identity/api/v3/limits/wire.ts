import { Type } from 'typebox';
import type { ShownLimit } from '../../../limits/limit.ts';
import { closed, links, text, textOrNull } from '../../answers.ts';

export const limitSchema = Type.Object(
  {
    id: text,
    service_id: text,
    region_id: textOrNull,
    project_id: textOrNull,
    domain_id: textOrNull,
    resource_name: text,
    resource_limit: Type.Integer(),
    description: textOrNull,
    links,
  },
  closed,
);

export function limitBody(limit: ShownLimit, root: string): Record<string, unknown> {
  return {
    id: limit.id,
    service_id: limit.serviceId,
    region_id: limit.regionId,
    project_id: limit.ownerIsDomain ? null : limit.ownerId,
    domain_id: limit.ownerIsDomain ? limit.ownerId : null,
    resource_name: limit.resourceName,
    resource_limit: limit.resourceLimit,
    description: limit.description,
    links: { self: `${root}/limits/${limit.id}` },
  };
}
