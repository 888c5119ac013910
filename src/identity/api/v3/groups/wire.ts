import { Type } from 'typebox';
import type { Group } from '../../../groups/group.ts';
import { links, text } from '../../answers.ts';

/** With whatever else its maker gave it. */
export const groupSchema = Type.Object({
  id: text,
  name: text,
  domain_id: text,
  description: text,
  links,
});

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
