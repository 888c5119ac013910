import { requestErrors } from '#base/errors.ts';
import { type Actor, isAdmin } from './actor.ts';
import { isAbout, usesOf } from './resource-types.ts';
import type { DecisionTarget } from './rights.ts';
import { type Accounts, type Thing, targetOf } from './things.ts';

/** @param target what the action would be done to; absent: to all of its kind, as lists do */
export function mayPerform(actor: Actor, action: string, target?: DecisionTarget): boolean {
  return actor.rights.allows(action, target);
}

/** Throws the refusal that names the first action, in the table's order, that is not granted. */
export function requireActions(
  actor: Actor,
  actions: readonly string[],
  target?: DecisionTarget,
): void {
  for (const action of actions) {
    if (!mayPerform(actor, action, target)) throw requestErrors.policyRefused({ action });
  }
}

/** Before anybody has looked what a call is about: refuses what no such thing could allow. */
export function requirePossible(actor: Actor, actions: readonly string[]): void {
  for (const action of actions) {
    if (!actor.rights.mayAllow(action)) throw requestErrors.policyRefused({ action });
  }
}

export interface NamedThings {
  things: readonly Thing[];
  accounts: Accounts;
  /** The call looks and changes nothing. */
  isRead: boolean;
}

/**
 * As `requireActions`, for the things that a call names: each action is decided for all of them
 * that it is about. A thing that no action is about is used by the way; whom a Deny keeps from
 * using that one is refused too.
 */
export async function requireActionsForThings(
  actor: Actor,
  actions: readonly string[],
  { things, accounts, isRead }: NamedThings,
): Promise<void> {
  const targets = await Promise.all(things.map((thing) => targetOf(actor, thing, accounts)));
  const isMeant = (action: string) => (target: DecisionTarget) =>
    target.resource !== undefined && isAbout(action, target.resource);
  for (const action of actions) {
    const meant = targets.filter(isMeant(action));
    if (meant.length === 0) requireActions(actor, [action]);
    for (const target of meant) requireActions(actor, [action], target);
  }
  for (const [index, thing] of things.entries()) {
    const target = targets[index];
    if (!target || actions.some((action) => isMeant(action)(target))) continue;
    const uses = usesOf(thing.type, isRead);
    const action = uses.find((use) => actor.rights.isDenied(use, target));
    if (action !== undefined) throw requestErrors.policyRefused({ action });
  }
}

/** Says what a thing is to policy, asked only for those to whom it makes a difference. */
export type Describe = () => Thing | Promise<Thing>;

/** Whether the action may be done to this one thing. */
export async function mayPerformOn(
  actor: Actor,
  action: string,
  describe: Describe,
  accounts: Accounts,
): Promise<boolean> {
  const isBound = actor.rights.isBound;
  return mayPerform(
    actor,
    action,
    isBound ? await targetOf(actor, await describe(), accounts) : undefined,
  );
}

/** As `requireActions`, for this one thing. */
export async function requireActionsOn(
  actor: Actor,
  actions: readonly string[],
  describe: Describe,
  accounts: Accounts,
): Promise<void> {
  const isBound = actor.rights.isBound;
  requireActions(
    actor,
    actions,
    isBound ? await targetOf(actor, await describe(), accounts) : undefined,
  );
}

declare const allowedBrand: unique symbol;

/** A resource that policy let this request act on. Verbs take it, so none can forget to ask. */
export type Allowed<T> = T & { readonly [allowedBrand]: true };

/** What a list may show: one project's resources or, for administrators who ask, everyone's. */
export type ListScope = Readonly<{ projectId: string | null; everyProject: boolean }> & {
  readonly [allowedBrand]: true;
};

/** Who may see a resource. The default is its project and administrators. */
export type Visibility<T> = (actor: Actor, resource: T) => boolean;

export function visibleToOwner(actor: Actor, resource: { projectId: string | null }): boolean {
  return isAdmin(actor) || (resource.projectId !== null && resource.projectId === actor.projectId);
}

/**
 * The only place where `Allowed` comes from. @returns undefined when the resource is not the
 * actor's to see, so that the caller answers exactly as for one that does not exist.
 */
export function allow<T>(
  actor: Actor,
  resource: T,
  visible: Visibility<T>,
): Allowed<T> | undefined {
  return visible(actor, resource) ? (resource as Allowed<T>) : undefined;
}

/** `everyProject` is granted to administrators and silently narrowed for nobody: it is refused. */
export function listScope(actor: Actor, everyProject: boolean, action: string): ListScope {
  if (everyProject && !isAdmin(actor)) throw requestErrors.policyRefused({ action });
  return { projectId: actor.projectId, everyProject } as ListScope;
}
