import { Type } from 'typebox';
import type { Actor } from '#policy/actor.ts';
import type { Ec2Credential } from '../../../../../ec2/list.ts';
import { links, text } from '../../../../answers.ts';

/** The secret is for its owner alone, and for a token that stands for all of them. */
export const ec2Schema = Type.Object({
  user_id: text,
  tenant_id: text,
  access: text,
  secret: Type.Optional(text),
  trust_id: Type.Null(),
  links,
});

/**
 * As Keystone tells it, whose clients read the secret again. What somebody was lent for a while,
 * or has as an administrator, must not turn into all that the owner may.
 */
export function ec2Body(
  { userId, projectId, access, secret }: Omit<Ec2Credential, 'id'>,
  { actor, root }: { actor: Actor; root: string },
): Record<string, unknown> {
  const self = `${root}/users/${userId}/credentials/OS-EC2/${access}`;
  const isOwner = actor.userId === userId && actor.delegation === undefined;
  return {
    ...{ user_id: userId, tenant_id: projectId, access },
    ...(isOwner && { secret }),
    ...{ trust_id: null, links: { self } },
  };
}
