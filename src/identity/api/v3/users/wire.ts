import type { User } from '../../../users/user.ts';

/** What clients added stands first, so that it can not pass for something of ours. */
export function userBody(user: User, root: string): Record<string, unknown> {
  return {
    ...user.extra,
    id: user.id,
    name: user.name,
    domain_id: user.domainId,
    enabled: user.isEnabled,
    ...(user.defaultProjectId === null ? {} : { default_project_id: user.defaultProjectId }),
    password_expires_at: null,
    options: user.options,
    links: { self: `${root}/users/${user.id}` },
  };
}
