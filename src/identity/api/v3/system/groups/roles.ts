import { grantEndpoints } from '../../grants/endpoints.ts';

export const systemGroupRoles = grantEndpoints({
  targets: 'system',
  actors: 'groups',
  isInherited: false,
});
