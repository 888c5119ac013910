import type { PolicyDocument } from '../document.ts';
import { managerActions } from '../reach.ts';
import { each, type SystemPolicy } from './system-policy.ts';

const looking = ['*:*:get*', '*:*:list*', '*:*:show*'];
const using = ['ecs:*', 'evs:*', 'ims:*', 'vpc:*'];

const lookingAtDomain = [
  ...each('identity:users', ['get', 'list']),
  ...each('identity:groups', ['get', 'list']),
  ...each('identity:projects', ['get', 'list']),
  ...each('identity:roleAssignments', ['get', 'list']),
];

const managingDomain = [
  ...each('identity:users', ['create', 'update', 'delete']),
  ...each('identity:groups', ['create', 'update', 'delete', 'addUser', 'removeUser']),
  ...each('identity:projects', ['create', 'update', 'delete']),
  ...each('identity:roleAssignments', ['create', 'delete']),
  ...each('identity:roles', ['get', 'list']),
];

const administeringDomain = [
  ...each('identity:roles', ['create', 'update', 'delete']),
  ...each('identity:impliedRoles', ['get', 'list']),
  ...each('identity:credentials', ['get', 'list', 'create', 'update', 'delete']),
  ...each('identity:accessKeys', ['get', 'list', 'create', 'update', 'delete']),
];

/** Identity whole, with what only those see who run the cloud. */
const lookingAtIdentity = [
  'identity:*:get',
  'identity:*:list',
  ...each('identity:domains', ['get', 'list']),
  ...each('identity:credentials', ['get', 'list']),
  ...each('identity:limits', ['get', 'list']),
  ...each('identity:systemAssignments', ['get', 'list']),
  ...each('identity:policyTexts', ['get', 'list']),
  ...each('identity:federation', ['get', 'list']),
  ...each('identity:domainConfigs', ['get', 'list']),
  ...each('identity:endpointGroups', ['get', 'list']),
  ...each('identity:projectEndpoints', ['get', 'list']),
  ...each('identity:policyAssociations', ['get', 'list']),
];

function allowing(...actions: readonly (readonly string[])[]): PolicyDocument {
  return { Version: '1.0', Statement: [{ Effect: 'Allow', Action: actions.flat() }] };
}

/**
 * The roles that OpenStack's default policies know, each implying the next, with what its newest
 * ones give them: on a domain nothing but who is in it, as no server, image or network is there.
 * Wildcards reach no action of operators and none of `identity`.
 */
export const openstackRoles: readonly SystemPolicy[] = [
  {
    name: 'admin',
    displayName: 'admin',
    type: 'AA',
    catalog: 'BASE',
    description: 'Runs the cloud: everything, everywhere. On a domain: all of that domain.',
    document: allowing(['*']),
    isUnbounded: true,
    elsewhere: {
      domain: allowing(lookingAtDomain, managingDomain, administeringDomain),
    },
  },
  {
    name: 'manager',
    displayName: 'manager',
    type: 'AA',
    catalog: 'BASE',
    description: 'Manages what is in a project, or who is in a domain.',
    document: allowing(using, managerActions),
    elsewhere: { domain: allowing(lookingAtDomain, managingDomain) },
  },
  {
    name: 'member',
    displayName: 'member',
    type: 'AA',
    catalog: 'BASE',
    description: 'Uses a project.',
    document: allowing(using),
    elsewhere: { domain: allowing() },
  },
  {
    name: 'reader',
    displayName: 'reader',
    type: 'AA',
    catalog: 'BASE',
    description: 'Looks at what is in a project or in a domain.',
    document: allowing(looking),
    elsewhere: {
      domain: allowing(lookingAtDomain),
      system: allowing(looking, lookingAtIdentity),
    },
  },
];
