/** Grants have one form in ten places; this says in which. */
export interface GrantPath {
  targets: 'projects' | 'domains' | 'system';
  actors: 'users' | 'groups';
  /** Under `/OS-INHERIT`: the role holds for the projects below. */
  isInherited: boolean;
}

const targetPaths: Record<GrantPath['targets'], string> = {
  projects: '/projects/{project_id}',
  domains: '/domains/{domain_id}',
  system: '/system',
};

export function listPathOf({ targets, actors, isInherited }: GrantPath): string {
  const actor = actors === 'users' ? '{user_id}' : '{group_id}';
  const plain = `${targetPaths[targets]}/${actors}/${actor}/roles`;
  return isInherited ? `/OS-INHERIT${plain}/inherited_to_projects` : plain;
}

export function grantPathOf(path: GrantPath): string {
  const plain = `${listPathOf({ ...path, isInherited: false })}/{role_id}`;
  return path.isInherited ? `/OS-INHERIT${plain}/inherited_to_projects` : plain;
}
