import { grantEndpoints } from '../../../grants/endpoints.ts';

export const inheritedDomainUserRoles = grantEndpoints({
  targets: 'domains',
  actors: 'users',
  isInherited: true,
});
