import { grantEndpoints } from '../../../grants/endpoints.ts';

export const inheritedProjectGroupRoles = grantEndpoints({
  targets: 'projects',
  actors: 'groups',
  isInherited: true,
});
