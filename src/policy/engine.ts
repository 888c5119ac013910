import { requestErrors } from '#base/errors.ts';
import { type Actor, isAdmin } from './actor.ts';
import { roleRules } from './rules.ts';

/** `ecs:*:get*` → a matcher; `*` stands for any characters, also over colons. */
function compilePattern(pattern: string): RegExp {
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 'i');
}

interface CompiledRule {
  allow: RegExp[];
  deny: RegExp[];
}

const compiledRules = new Map<string, CompiledRule>(
  Object.entries(roleRules).map(([role, rule]) => [
    role,
    { allow: rule.allow.map(compilePattern), deny: rule.deny.map(compilePattern) },
  ]),
);

function roleGrants(role: string, action: string): boolean {
  const rule = compiledRules.get(role);
  if (!rule) return false;
  return (
    rule.allow.some((pattern) => pattern.test(action)) &&
    !rule.deny.some((pattern) => pattern.test(action))
  );
}

export function mayPerform(actor: Actor, action: string): boolean {
  return actor.roles.some((role) => roleGrants(role, action));
}

/** Throws the refusal that names the first action, in the table's order, that no role grants. */
export function requireActions(actor: Actor, actions: readonly string[]): void {
  for (const action of actions) {
    if (!mayPerform(actor, action)) throw requestErrors.policyRefused({ action });
  }
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
