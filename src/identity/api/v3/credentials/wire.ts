import { Type } from 'typebox';
import type { CredentialFacts } from '../../../credentials/credential.ts';
import { links, text, textOrNull } from '../../answers.ts';

/** The secret is in the answer to its making only. */
export const credentialSchema = Type.Object({
  id: text,
  type: text,
  user_id: text,
  project_id: textOrNull,
  blob: Type.Optional(text),
  links,
});

export function credentialBody(
  { id, type, userId, projectId }: CredentialFacts,
  root: string,
): Record<string, unknown> {
  const self = `${root}/credentials/${id}`;
  return { id, type, user_id: userId, project_id: projectId, links: { self } };
}
