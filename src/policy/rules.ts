/** What a role may do: an action matches when some `allow` matches it and no `deny` does. */
export interface RoleRule {
  allow: readonly string[];
  deny: readonly string[];
}

/**
 * Actions that reach beyond one project. Only `admin` has them; they are named here once so that
 * `member` need not list every action that it does have.
 */
export const administratorActions: readonly string[] = [
  'identity:domains:*',
  'identity:projects:*',
  'identity:users:*',
  'identity:groups:*',
  'identity:roles:*',
  'identity:roleAssignments:*',
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
  'ecs:servers:unlockOverride',
  'ecs:quotas:update',
  'ecs:quotas:delete',
  'ecs:quotaClasses:*',
  'ims:images:publish',
  'ims:images:deactivate',
  'ims:images:reactivate',
  'vpc:networks:share',
  'vpc:networks:setExternal',
];

/** The three built-in roles, as Keystone and the services' default policies know them. */
export const roleRules: Record<string, RoleRule> = {
  admin: { allow: ['*'], deny: [] },
  member: { allow: ['ecs:*', 'evs:*', 'ims:*', 'vpc:*'], deny: administratorActions },
  reader: {
    allow: ['*:*:get*', '*:*:list*', '*:*:show*'],
    deny: ['identity:*', ...administratorActions],
  },
};
