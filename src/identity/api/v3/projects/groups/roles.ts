import { grantEndpoints } from '../../grants/endpoints.ts';

export const projectGroupRoles = grantEndpoints({
  targets: 'projects',
  actors: 'groups',
  isInherited: false,
});
