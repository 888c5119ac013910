import { Type } from 'typebox';
import type { Service } from '../../../catalog/parts.ts';
import { boolean, links, text } from '../../answers.ts';

/** With whatever else its maker gave it. */
export const serviceSchema = Type.Object({
  id: text,
  type: text,
  name: text,
  enabled: boolean,
  description: text,
  links,
});

export function serviceBody(service: Service, root: string): Record<string, unknown> {
  return {
    ...service.extra,
    id: service.id,
    type: service.type,
    name: service.name,
    enabled: service.isEnabled,
    description: service.description,
    links: { self: `${root}/services/${service.id}` },
  };
}
