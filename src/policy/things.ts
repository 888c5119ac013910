import type { Actor } from './actor.ts';
import type { ResourceType } from './resource-types.ts';
import { resourceName } from './resources.ts';
import type { DecisionTarget } from './rights.ts';

/** One thing that a call names, as policy is told of it. */
export interface Thing {
  type: ResourceType;
  id: string;
  /** Whose it is: a project's or a user's. Neither: the cloud's, as flavors are. */
  projectId?: string | null;
  userId?: string;
  /** As they are right now, by their keys. */
  tags?: Readonly<Record<string, readonly string[]>>;
}

/** Knows which account projects and users are of; undefined for those that are not there. */
export interface Accounts {
  domainOf(projectId: string): Promise<string | undefined>;
  domainOfUser(userId: string): Promise<string | undefined>;
}

/** Where there are none but that of whoever asks. */
export const noAccounts: Accounts = {
  domainOf: async () => undefined,
  domainOfUser: async () => undefined,
};

/**
 * The thing by the name that statements use. What is the cloud's has the name that it would have
 * in the actor's account. Looked up is only what is another's than the actor's.
 */
export async function targetOf(
  actor: Actor,
  { type, id, projectId = null, userId, tags }: Thing,
  accounts: Accounts,
): Promise<DecisionTarget> {
  const domainId =
    userId === undefined
      ? await accountOfProject(actor, projectId, accounts)
      : await accountOfUser(actor, userId, accounts);
  return { resource: resourceName(type, domainId, id), tags };
}

async function accountOfProject(
  actor: Actor,
  projectId: string | null,
  accounts: Accounts,
): Promise<string> {
  const own = actor.projectDomainId ?? actor.domainId ?? actor.userDomainId;
  if (projectId === null || projectId === actor.projectId) return own;
  return (await accounts.domainOf(projectId)) ?? '';
}

async function accountOfUser(actor: Actor, userId: string, accounts: Accounts): Promise<string> {
  if (userId === actor.userId) return actor.userDomainId;
  return (await accounts.domainOfUser(userId)) ?? '';
}

/**
 * Tags of servers and images are single words; those with a key and a value are written
 * `team=dev`, by older clients `team.dev`. A key may have several values.
 */
export function tagsByKey(tags: readonly string[]): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const tag of tags) {
    const [, key = tag, value = ''] =
      /^([^=]+)=(.*)$/s.exec(tag) ?? /^([^.]+)\.(.*)$/s.exec(tag) ?? [];
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  return Object.fromEntries(values);
}
