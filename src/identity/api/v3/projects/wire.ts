import { Type } from 'typebox';
import type { Project } from '../../../projects/project.ts';
import { boolean, links, options, text, textOrNull, texts } from '../../answers.ts';

/** With whatever else its maker gave it. */
export const projectSchema = Type.Object({
  id: text,
  name: text,
  domain_id: textOrNull,
  description: text,
  enabled: boolean,
  parent_id: textOrNull,
  is_domain: boolean,
  tags: texts,
  options,
  links,
});

/** Domains too can be seen as projects; they have neither domain nor parent. */
export function projectBody(project: Project, root: string): Record<string, unknown> {
  return {
    ...project.extra,
    id: project.id,
    name: project.name,
    domain_id: project.domainId,
    description: project.description,
    enabled: project.isEnabled,
    parent_id: project.parentId,
    is_domain: project.isDomain,
    tags: project.tags,
    options: project.options,
    links: { self: `${root}/projects/${project.id}` },
  };
}
