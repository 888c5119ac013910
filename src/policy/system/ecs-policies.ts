import { allowing, each, type SystemPolicy } from './system-policy.ts';

const imageUse = each('ims:images', ['create', 'delete', 'get', 'list', 'update', 'upload']);

const fullAccess = [
  'ecs:*:*',
  ...each('evs:*', ['get', 'list']),
  ...each('evs:volumes', [
    'create',
    'delete',
    'attach',
    'detach',
    'manage',
    'update',
    'use',
    'uploadImage',
  ]),
  'evs:snapshots:create',
  ...each('vpc:*', ['get', 'list']),
  ...each('vpc:networks', ['create', 'update']),
  ...each('vpc:subnets', ['create', 'update']),
  'vpc:ports:*',
  ...each('vpc:routers', ['get', 'update']),
  'vpc:securityGroups:*',
  'vpc:securityGroupRules:*',
  'vpc:floatingIps:*',
  'vpc:publicIps:*',
  ...imageUse,
];

/** As published; `evs:volumes:extend` is in none of them. */
export const ecsPolicies: readonly SystemPolicy[] = [
  {
    name: 'ECS FullAccess',
    displayName: 'ECS FullAccess',
    type: 'XA',
    catalog: 'ECS',
    description: 'All of the compute service.',
    document: allowing(fullAccess),
  },
  {
    name: 'ECS CommonOperations',
    displayName: 'ECS CommonOperations',
    type: 'XA',
    catalog: 'ECS',
    description: 'Uses servers: starts, stops and restarts them, and looks at them.',
    document: allowing([
      ...each('ecs:*', ['get*', 'list*', 'start', 'stop', 'reboot']),
      'ecs:diskConfigs:use',
      'ecs:securityGroups:use',
      'ecs:serverGroups:manage',
      'ecs:serverKeypairs:*',
      'ecs:serverPasswords:manage',
      ...each('ecs:servers', ['createConsole', 'createImage', 'setMetadata', 'setTags']),
      'ecs:serverVolumes:use',
      ...each('evs:*', ['get*', 'list*']),
      'evs:snapshots:create',
      ...each('evs:volumes', [
        'uploadImage',
        'delete',
        'update',
        'attach',
        'detach',
        'manage',
        'use',
      ]),
      ...each('vpc:*', ['get*', 'list*']),
      ...each('vpc:floatingIps', ['create', 'update', 'delete']),
      ...each('vpc:publicIps', ['update', 'delete']),
      ...imageUse,
    ]),
  },
  {
    name: 'ECS ReadOnlyAccess',
    displayName: 'ECS ReadOnlyAccess',
    type: 'XA',
    catalog: 'ECS',
    description: 'Looks at the compute service.',
    document: allowing([
      ...each('ecs:*', ['get*', 'list*']),
      'ecs:serverGroups:manage',
      'ecs:serverVolumes:use',
      ...['evs', 'vpc', 'ims'].flatMap((service) => each(`${service}:*`, ['get*', 'list*'])),
    ]),
  },
  {
    name: 'server_adm',
    displayName: 'Server Administrator',
    type: 'XA',
    catalog: 'ECS',
    description: 'All of the compute service; needs Tenant Guest in the same project.',
    document: {
      Version: '1.0',
      Statement: [{ Effect: 'Allow', Action: [...fullAccess, 'vpc:networks:*', 'vpc:subnets:*'] }],
      Depends: [{ catalog: 'BASE', display_name: 'Tenant Guest' }],
    },
  },
];
