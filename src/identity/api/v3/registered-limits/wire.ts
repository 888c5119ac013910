import { Type } from 'typebox';
import type { RegisteredLimit } from '../../../limits/limit.ts';
import { closed, links, text, textOrNull } from '../../answers.ts';

export const registeredLimitSchema = Type.Object(
  {
    id: text,
    service_id: text,
    region_id: textOrNull,
    resource_name: text,
    default_limit: Type.Integer(),
    description: textOrNull,
    links,
  },
  closed,
);

export function registeredLimitBody(limit: RegisteredLimit, root: string): Record<string, unknown> {
  return {
    id: limit.id,
    service_id: limit.serviceId,
    region_id: limit.regionId,
    resource_name: limit.resourceName,
    default_limit: limit.defaultLimit,
    description: limit.description,
    links: { self: `${root}/registered_limits/${limit.id}` },
  };
}
