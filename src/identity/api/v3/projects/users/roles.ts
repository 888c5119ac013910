import { grantEndpoints } from '../../grants/endpoints.ts';

export const projectUserRoles = grantEndpoints({
  targets: 'projects',
  actors: 'users',
  isInherited: false,
});
