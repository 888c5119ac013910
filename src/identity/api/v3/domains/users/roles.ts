import { grantEndpoints } from '../../grants/endpoints.ts';

export const domainUserRoles = grantEndpoints({
  targets: 'domains',
  actors: 'users',
  isInherited: false,
});
