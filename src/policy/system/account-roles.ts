import { each, type SystemPolicy } from './system-policy.ts';

const managing = ['list', 'get', 'create', 'update', 'delete'];

/** Roles of version 1.0 for a whole account or project, as Huawei IAM comes with them. */
export const accountRoles: readonly SystemPolicy[] = [
  {
    name: 'te_admin',
    displayName: 'Tenant Administrator',
    type: 'AA',
    catalog: 'BASE',
    description: 'All of all services but identity.',
    document: {
      Version: '1.0',
      Statement: [
        { Effect: 'Allow', Action: ['*'] },
        { Effect: 'Deny', Action: ['identity:*'] },
      ],
    },
  },
  {
    name: 'readonly',
    displayName: 'Tenant Guest',
    type: 'AA',
    catalog: 'BASE',
    description: 'Looks at all services but identity.',
    document: {
      Version: '1.0',
      Statement: [
        { Effect: 'Allow', Action: ['*:*:Get*', '*:*:List*'] },
        { Effect: 'Deny', Action: ['identity:*'] },
      ],
    },
  },
  {
    name: 'secu_admin',
    displayName: 'Security Administrator',
    type: 'AX',
    catalog: 'BASE',
    description: 'Users, groups, projects, policies and who has which.',
    document: {
      Version: '1.0',
      Statement: [
        {
          Effect: 'Allow',
          Action: [
            ...each('identity:users', managing),
            ...each('identity:groups', [...managing, 'addUser', 'removeUser']),
            ...each('identity:projects', managing),
            ...each('identity:roles', managing),
            ...each('identity:impliedRoles', ['get', 'list']),
            ...each('identity:roleAssignments', managing),
            ...each('identity:credentials', managing),
          ],
        },
      ],
    },
  },
];
