import { Type } from 'typebox';
import type { ServiceEndpoint } from '../../../catalog/parts.ts';
import { boolean, links, text, textOrNull } from '../../answers.ts';

/** With whatever else its maker gave it. */
export const endpointSchema = Type.Object({
  id: text,
  service_id: text,
  interface: text,
  region: textOrNull,
  region_id: textOrNull,
  url: text,
  enabled: boolean,
  links,
});

/** Placeholders are written as operators write them. */
export function endpointBody(endpoint: ServiceEndpoint, root: string): Record<string, unknown> {
  return {
    ...endpoint.extra,
    id: endpoint.id,
    service_id: endpoint.serviceId,
    interface: endpoint.interface,
    region: endpoint.regionId,
    region_id: endpoint.regionId,
    url: endpoint.url,
    enabled: endpoint.isEnabled,
    links: { self: `${root}/endpoints/${endpoint.id}` },
  };
}
