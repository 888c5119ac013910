import { Type } from 'typebox';
import type { ProjectPart } from '../../../endpoint-filter/change.ts';
import type { EndpointGroup } from '../../../endpoint-filter/group.ts';
import { closed, links, text, textOrNull } from '../../answers.ts';

const optional = Type.Optional(text);

export const groupSchema = Type.Object(
  {
    id: text,
    name: text,
    description: textOrNull,
    filters: Type.Object(
      { service_id: optional, region_id: optional, interface: optional },
      closed,
    ),
    links,
  },
  closed,
);

export function groupBody(group: EndpointGroup, root: string): Record<string, unknown> {
  return { ...group, links: { self: `${root}/OS-EP-FILTER/endpoint_groups/${group.id}` } };
}

export const groupOfProjectSchema = Type.Object(
  { endpoint_group_id: text, project_id: text, links },
  closed,
);

export function groupOfProjectBody({ partId, projectId }: ProjectPart, root: string) {
  const self = `${root}/OS-EP-FILTER/endpoint_groups/${partId}/projects/${projectId}`;
  return { endpoint_group_id: partId, project_id: projectId, links: { self } };
}
