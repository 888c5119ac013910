import { grantEndpoints } from '../../grants/endpoints.ts';

export const systemUserRoles = grantEndpoints({
  targets: 'system',
  actors: 'users',
  isInherited: false,
});
