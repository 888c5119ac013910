import {
  type ActionMatcher,
  compileActionPattern,
  hasWildcard,
  serviceOf,
} from './action-patterns.ts';

/**
 * Actions of those who run the cloud, who reach beyond one project. A wildcard never grants them,
 * else `ecs:*:*` in a customer's policy would: only the role `admin` has them all, and a policy
 * that spells one out has that one.
 */
export const operatorActions: readonly string[] = [
  'identity:domains:*',
  'identity:regions:create',
  'identity:regions:update',
  'identity:regions:delete',
  'identity:services:create',
  'identity:services:update',
  'identity:services:delete',
  'identity:endpoints:create',
  'identity:endpoints:update',
  'identity:endpoints:delete',
  'identity:credentials:*',
  'identity:registeredLimits:*',
  'identity:limits:*',
  'identity:systemAssignments:*',
  'identity:decisions:explain',
  'identity:policyTexts:*',
  'identity:federation:*',
  'identity:domainConfigs:*',
  'identity:endpointGroups:*',
  'identity:projectEndpoints:*',
  'identity:policyAssociations:*',
  'identity:revocationEvents:*',
  'ecs:servers:createOnHost',
  'ecs:servers:listAllProjects',
  'ecs:flavors:create',
  'ecs:flavors:update',
  'ecs:flavors:delete',
  'ecs:flavorAccess:*',
  'ecs:hypervisors:*',
  'ecs:services:*',
  'ecs:hosts:*',
  'ecs:migrations:*',
  'ecs:serverMigrations:*',
  'ecs:serverDiagnostics:*',
  'ecs:serverExternalEvents:*',
  'ecs:assistedVolumeSnapshots:*',
  'ecs:usages:list',
  'ecs:usageAudits:*',
  'ecs:aggregates:*',
  'ecs:baremetalNodes:*',
  'ecs:consoleAuthTokens:*',
  'ecs:servers:resetState',
  'ecs:servers:resetNetwork',
  'ecs:servers:injectNetworkInfo',
  'ecs:servers:migrate',
  'ecs:servers:migrateToHost',
  'ecs:servers:evacuate',
  'ecs:servers:migrateLive',
  'ecs:servers:migrateLiveToHost',
  'ecs:servers:shelveOffload',
  'ecs:servers:unshelveToHost',
  'ecs:servers:unlockOverride',
  'ecs:quotas:update',
  'ecs:quotas:delete',
  'ecs:quotaClasses:*',
  'ims:images:publish',
  'ims:images:deactivate',
  'ims:images:reactivate',
  'vpc:networks:share',
  'vpc:quotas:listAllProjects',
  'vpc:quotas:update',
  'vpc:quotas:delete',
  'vpc:networks:setExternal',
];

/** Of these, what stays within one project: its manager has it, and it is given like the rest. */
export const managerActions: readonly string[] = [
  'ecs:servers:migrate',
  'ecs:servers:migrateLive',
  'ecs:migrations:list',
  'ecs:serverMigrations:list',
  'ecs:serverMigrations:delete',
  'ecs:serverMigrations:forceComplete',
];

const operatorMatchers = operatorActions.map(compileActionPattern);

export function isOperatorAction(action: string): boolean {
  return operatorMatchers.some((matches) => matches(action));
}

/** Also what is about users and their rights: nobody gives that who has it not. */
export function isDelicateAction(action: string): boolean {
  if (managerActions.includes(action)) return false;
  return action.startsWith('identity:') || isOperatorAction(action);
}

/**
 * The published tables know one action for all calls of server groups, so that whoever holds it may
 * also look; readers look without it, as in Nova.
 */
const impliedBy: Readonly<Record<string, string>> = {
  'ecs:serverGroups:get': 'ecs:serverGroups:manage',
  'ecs:serverGroups:list': 'ecs:serverGroups:manage',
};

/**
 * What an `Action` of an Allow grants. Who may do what to users, groups and grants is never by the
 * way: a wildcard grants it only where the service `identity` is named.
 */
export function compileGranting(pattern: string): ActionMatcher {
  const matches = compileActionPattern(pattern);
  const isSpelled = !hasWildcard(pattern);
  const service = serviceOf(pattern);
  return (action) => {
    if (!isSpelled && isOperatorAction(action)) return false;
    if (!isSpelled && service === undefined && action.startsWith('identity:')) return false;
    if (matches(action)) return true;
    const implying = Object.hasOwn(impliedBy, action) ? impliedBy[action] : undefined;
    return implying !== undefined && matches(implying);
  };
}

/** What an Allow by `NotAction` grants: all but these, and nothing that a wildcard would not. */
export function compileGrantingRest(patterns: readonly string[]): ActionMatcher {
  const excepted = patterns.map(compileActionPattern);
  const all = compileGranting('*:*:*');
  return (action) => all(action) && !excepted.some((matches) => matches(action));
}
