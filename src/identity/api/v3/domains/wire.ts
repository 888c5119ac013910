import type { Project } from '../../../projects/project.ts';

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
