import type { Project } from '../../../projects/project.ts';

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
