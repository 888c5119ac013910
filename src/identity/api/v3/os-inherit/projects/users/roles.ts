import { grantEndpoints } from '../../../grants/endpoints.ts';

export const inheritedProjectUserRoles = grantEndpoints({
  targets: 'projects',
  actors: 'users',
  isInherited: true,
});
