import { Type } from 'typebox';
import { expiryOf } from '../../../users/password-rules.ts';
import type { User } from '../../../users/user.ts';
import { boolean, links, options, text, textOrNull } from '../../answers.ts';
import { isoMicros } from '../times.ts';

/** With whatever else its maker gave it. */
export const userSchema = Type.Object({
  id: text,
  name: text,
  domain_id: text,
  enabled: boolean,
  default_project_id: Type.Optional(text),
  password_expires_at: textOrNull,
  options,
  links,
});

/** What clients added stands first, so that it can not pass for something of ours. */
export function userBody(user: User, root: string): Record<string, unknown> {
  const expiresMs = expiryOf(user);
  return {
    ...user.extra,
    id: user.id,
    name: user.name,
    domain_id: user.domainId,
    enabled: user.isEnabled,
    ...(user.defaultProjectId === null ? {} : { default_project_id: user.defaultProjectId }),
    password_expires_at: expiresMs === null ? null : isoMicros(expiresMs),
    options: user.options,
    links: { self: `${root}/users/${user.id}` },
  };
}
