import { type TSchema, Type } from 'typebox';
import type { ApplicationCredential } from '../../../../application-credentials/credential.ts';
import { boolean, closed, links, text, textOrNull } from '../../../answers.ts';
import { isoMicrosZulu } from '../../times.ts';
import { accessRuleBody, accessRuleSchema } from '../access-rules/wire.ts';

const members = {
  id: text,
  name: text,
  description: textOrNull,
  project_id: text,
  user_id: text,
  expires_at: textOrNull,
  unrestricted: boolean,
  roles: Type.Array(Type.Object({ id: text, name: text, domain_id: textOrNull }, closed)),
  access_rules: Type.Optional(Type.Array(accessRuleSchema)),
  links,
};

export const credentialSchema: TSchema = Type.Object(members, closed);

/** The one answer that has the secret. */
export const newCredentialSchema: TSchema = Type.Object({ ...members, secret: text }, closed);

export function credentialBody(
  credential: ApplicationCredential,
  root: string,
): Record<string, unknown> {
  const { id, userId, expiresMs, accessRules } = credential;
  return {
    id,
    name: credential.name,
    description: credential.description,
    project_id: credential.projectId,
    user_id: userId,
    expires_at: expiresMs === null ? null : isoMicrosZulu(expiresMs),
    unrestricted: credential.isUnrestricted,
    roles: credential.roles.map((role) => ({
      id: role.id,
      name: role.name,
      domain_id: role.domainId,
    })),
    ...(accessRules && { access_rules: accessRules.map(accessRuleBody) }),
    links: { self: `${root}/users/${userId}/application_credentials/${id}` },
  };
}
