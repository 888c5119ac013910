import { compileActionPattern, hasWildcard } from './action-patterns.ts';
import type { ApiRules } from './api-rules.ts';
import { compileCondition } from './conditions.ts';
import type { Statement } from './document.ts';
import { documentErrors } from './document-errors.ts';
import { globMatches } from './globs.ts';
import { isTagged, typeOfAction, typesNamedBy } from './resource-types.ts';

/** What a document is held against. */
export type DocumentRules = Pick<ApiRules, 'actions' | 'isRegistered' | 'isDecidedForOne'>;

/**
 * Nothing is accepted that could never have effect: a Deny of this kind would be a trap. Throws
 * where no action of the statement is about what a resource names, where what an action is about
 * is not among the resources, and where tags are asked of what has none.
 */
export function checkEffect(statement: Statement, rules: DocumentRules): void {
  const { Resource } = statement;
  if (Array.isArray(Resource) && !Resource.includes('*')) {
    checkResources(statement, Resource as readonly string[], rules);
  }
  checkTags(statement, rules);
}

function checkResources(
  statement: Statement,
  resources: readonly string[],
  rules: DocumentRules,
): void {
  const shorten = (text: string) => ({ text: text.slice(0, 128) });
  for (const pattern of statement.Action ?? []) {
    const meant = rules.actions.filter(compileActionPattern(pattern));
    const isSpoken = meant.some((action) => resources.some((one) => isOfKind(action, one)));
    // A wildcard that means no action there is says nothing, with resources or without.
    if (!isSpoken && (meant.length > 0 || !hasWildcard(pattern))) {
      throw documentErrors.actionElsewhere(shorten(pattern));
    }
  }
  const actions = actionsOf(statement, rules);
  for (const resource of resources) {
    const isSpoken = actions.some(
      (action) => isOfKind(action, resource) && (isOpen(resource) || rules.isDecidedForOne(action)),
    );
    if (!isSpoken) throw documentErrors.resourceElsewhere(shorten(resource));
  }
}

function checkTags(statement: Statement, rules: DocumentRules): void {
  const asked = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys)
      .filter(([key]) => key.startsWith('g:ResourceTag/'))
      .map(([key, values]) => ({ key, test: compileCondition({ [operator]: { [key]: values } }) })),
  );
  const demanded = asked.find(({ test }) => !test(() => undefined));
  if (!demanded) return;
  const hasEffect = actionsOf(statement, rules).some((action) => {
    const type = typeOfAction(action);
    return type !== undefined && isTagged(type) && rules.isDecidedForOne(action);
  });
  if (!hasEffect) throw documentErrors.tagElsewhere({ text: demanded.key.slice(0, 64) });
}

/** All there are that the statement means; wildcards may mean none. */
function actionsOf({ Action, NotAction = [] }: Statement, rules: DocumentRules): string[] {
  const matchers = (Action ?? NotAction).map(compileActionPattern);
  return rules.actions.filter(
    (action) => matchers.some((matches) => matches(action)) === (Action !== undefined),
  );
}

/** Whether what the action is about may have that name, or is all that a service has. */
function isOfKind(action: string, resource: string): boolean {
  const type = typeOfAction(action);
  if (type !== undefined) return typesNamedBy(resource).includes(type);
  const [service = ''] = resource.toLowerCase().split(':');
  return isWholeService(resource) && globMatches(service, action.split(':')[0] ?? '');
}

/** `identity:*:*:*:*` names things of a kind that has no type, too: all of them. */
export function isWholeService(resource: string): boolean {
  return /^[^:]+:[^:]+:[^:]+:\*:\*$/.test(resource);
}

/** Lists and creations are spoken of: the statement does not name some things only. */
function isOpen(resource: string): boolean {
  return /^\*+$/.test(resource.split(':').slice(4).join(':'));
}
