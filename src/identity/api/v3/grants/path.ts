/** Grants have one form in eight places; this says in which. */
export interface GrantPath {
  targets: 'projects' | 'domains';
  actors: 'users' | 'groups';
  /** Under `/OS-INHERIT`: the role holds for the projects below. */
  isInherited: boolean;
}

export function listPathOf({ targets, actors, isInherited }: GrantPath): string {
  const target = targets === 'projects' ? '{project_id}' : '{domain_id}';
  const actor = actors === 'users' ? '{user_id}' : '{group_id}';
  const plain = `/${targets}/${target}/${actors}/${actor}/roles`;
  return isInherited ? `/OS-INHERIT${plain}/inherited_to_projects` : plain;
}

export function grantPathOf(path: GrantPath): string {
  const plain = `${listPathOf({ ...path, isInherited: false })}/{role_id}`;
  return path.isInherited ? `/OS-INHERIT${plain}/inherited_to_projects` : plain;
}
