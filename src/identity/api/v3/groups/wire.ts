import type { Group } from '../../../groups/group.ts';

export function groupBody(group: Group, root: string): Record<string, unknown> {
  return {
    ...group.extra,
    id: group.id,
    name: group.name,
    domain_id: group.domainId,
    description: group.description,
    links: { self: `${root}/groups/${group.id}` },
  };
}
