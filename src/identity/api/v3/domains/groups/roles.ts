import { grantEndpoints } from '../../grants/endpoints.ts';

export const domainGroupRoles = grantEndpoints({
  targets: 'domains',
  actors: 'groups',
  isInherited: false,
});
