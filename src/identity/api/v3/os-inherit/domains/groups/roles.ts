import { grantEndpoints } from '../../../grants/endpoints.ts';

export const inheritedDomainGroupRoles = grantEndpoints({
  targets: 'domains',
  actors: 'groups',
  isInherited: true,
});
