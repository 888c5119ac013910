import { Type } from 'typebox';
import type { Project } from '../../../projects/project.ts';
import { boolean, links, options, text, texts } from '../../answers.ts';

/** With whatever else its maker gave it. */
export const domainSchema = Type.Object({
  id: text,
  name: text,
  description: text,
  enabled: boolean,
  tags: texts,
  options,
  links,
});

export function domainBody(domain: Project, root: string): Record<string, unknown> {
  return {
    ...domain.extra,
    id: domain.id,
    name: domain.name,
    description: domain.description,
    enabled: domain.isEnabled,
    tags: domain.tags,
    options: domain.options,
    links: { self: `${root}/domains/${domain.id}` },
  };
}
