import { type Surface, surface } from '#endpoints/surface.ts';
import { identityUrl } from '../catalog/catalog.ts';
import type { IdentityService } from '../service.ts';
import { describeInvalid, renderKeystoneError } from './errors.ts';
import { listAuthDomains } from './v3/auth/list-domains.ts';
import { listAuthProjects } from './v3/auth/list-projects.ts';
import { showCatalog } from './v3/auth/show-catalog.ts';
import { createToken } from './v3/auth/tokens/create-token.ts';
import { revokeTokenEndpoint } from './v3/auth/tokens/revoke-token.ts';
import { showToken } from './v3/auth/tokens/show-token.ts';
import { createDomainEndpoint } from './v3/domains/create-domain.ts';
import { deleteDomainEndpoint } from './v3/domains/delete-domain.ts';
import { domainGroupRoles } from './v3/domains/groups/roles.ts';
import { listDomainsEndpoint } from './v3/domains/list-domains.ts';
import { showDomain } from './v3/domains/show-domain.ts';
import { updateDomainEndpoint } from './v3/domains/update-domain.ts';
import { domainUserRoles } from './v3/domains/users/roles.ts';
import { listEndpoints } from './v3/endpoints/list-endpoints.ts';
import { showEndpoint } from './v3/endpoints/show-endpoint.ts';
import { createGroupEndpoint } from './v3/groups/create-group.ts';
import { deleteGroupEndpoint } from './v3/groups/delete-group.ts';
import { listGroupsEndpoint } from './v3/groups/list-groups.ts';
import { showGroup } from './v3/groups/show-group.ts';
import { updateGroupEndpoint } from './v3/groups/update-group.ts';
import { addMemberEndpoint } from './v3/groups/users/add-member.ts';
import { checkMemberEndpoint } from './v3/groups/users/check-member.ts';
import { listMembers } from './v3/groups/users/list-members.ts';
import { removeMemberEndpoint } from './v3/groups/users/remove-member.ts';
import { inheritedDomainGroupRoles } from './v3/os-inherit/domains/groups/roles.ts';
import { inheritedDomainUserRoles } from './v3/os-inherit/domains/users/roles.ts';
import { inheritedProjectGroupRoles } from './v3/os-inherit/projects/groups/roles.ts';
import { inheritedProjectUserRoles } from './v3/os-inherit/projects/users/roles.ts';
import { createProjectEndpoint } from './v3/projects/create-project.ts';
import { deleteProjectEndpoint } from './v3/projects/delete-project.ts';
import { projectGroupRoles } from './v3/projects/groups/roles.ts';
import { listProjectsEndpoint } from './v3/projects/list-projects.ts';
import { showProject } from './v3/projects/show-project.ts';
import { updateProjectEndpoint } from './v3/projects/update-project.ts';
import { projectUserRoles } from './v3/projects/users/roles.ts';
import { listRegions } from './v3/regions/list-regions.ts';
import { showRegion } from './v3/regions/show-region.ts';
import { listRoleAssignments } from './v3/role-assignments/list-role-assignments.ts';
import { listRoleInferences } from './v3/role-inferences/list-role-inferences.ts';
import { createRoleEndpoint } from './v3/roles/create-role.ts';
import { deleteRoleEndpoint } from './v3/roles/delete-role.ts';
import { implyRoleEndpoint } from './v3/roles/implies/imply-role.ts';
import { listImpliedRoles } from './v3/roles/implies/list-implied-roles.ts';
import { showImpliedRole } from './v3/roles/implies/show-implied-role.ts';
import { stopImplyingRole } from './v3/roles/implies/stop-implying-role.ts';
import { listRolesEndpoint } from './v3/roles/list-roles.ts';
import { showRole } from './v3/roles/show-role.ts';
import { updateRoleEndpoint } from './v3/roles/update-role.ts';
import { listServices } from './v3/services/list-services.ts';
import { showService } from './v3/services/show-service.ts';
import { showVersion } from './v3/show-version.ts';
import { changePasswordEndpoint } from './v3/users/change-password.ts';
import { createUserEndpoint } from './v3/users/create-user.ts';
import { deleteUserEndpoint } from './v3/users/delete-user.ts';
import { listUserGroups } from './v3/users/list-user-groups.ts';
import { listUserProjects } from './v3/users/list-user-projects.ts';
import { listUsersEndpoint } from './v3/users/list-users.ts';
import { showUser } from './v3/users/show-user.ts';
import { updateUserEndpoint } from './v3/users/update-user.ts';
import { listVersions } from './versions/list-versions.ts';
import { withHeads } from './with-heads.ts';

const v3Endpoints = withHeads([
  listAuthDomains,
  listAuthProjects,
  showCatalog,
  createToken,
  revokeTokenEndpoint,
  showToken,
  createDomainEndpoint,
  deleteDomainEndpoint,
  ...domainGroupRoles,
  listDomainsEndpoint,
  showDomain,
  updateDomainEndpoint,
  ...domainUserRoles,
  listEndpoints,
  showEndpoint,
  createGroupEndpoint,
  deleteGroupEndpoint,
  listGroupsEndpoint,
  showGroup,
  updateGroupEndpoint,
  addMemberEndpoint,
  checkMemberEndpoint,
  listMembers,
  removeMemberEndpoint,
  ...inheritedDomainGroupRoles,
  ...inheritedDomainUserRoles,
  ...inheritedProjectGroupRoles,
  ...inheritedProjectUserRoles,
  createProjectEndpoint,
  deleteProjectEndpoint,
  ...projectGroupRoles,
  listProjectsEndpoint,
  showProject,
  updateProjectEndpoint,
  ...projectUserRoles,
  listRegions,
  showRegion,
  listRoleAssignments,
  listRoleInferences,
  createRoleEndpoint,
  deleteRoleEndpoint,
  implyRoleEndpoint,
  listImpliedRoles,
  showImpliedRole,
  stopImplyingRole,
  listRolesEndpoint,
  showRole,
  updateRoleEndpoint,
  listServices,
  showService,
  showVersion,
  changePasswordEndpoint,
  createUserEndpoint,
  deleteUserEndpoint,
  listUserGroups,
  listUserProjects,
  listUsersEndpoint,
  showUser,
  updateUserEndpoint,
]);

/** The one version there is; nothing negotiates it. */
const version = { major: 3, minor: 14 };

/** Both ways in to Keystone v3, and the list of versions above one of them. */
export function identitySurfaces(service: IdentityService): Surface<unknown>[] {
  const { context } = service;
  const shared = {
    service: context,
    withProjectId: false,
    fixedVersion: version,
    describeInvalid,
    renderError: (error: Parameters<typeof renderKeystoneError>[0]) =>
      renderKeystoneError(error, identityUrl(context.catalog())),
  };
  return [
    surface({
      ...shared,
      name: 'identity-v3',
      prefixes: ['/v3', '/identity/v3'],
      endpoints: v3Endpoints,
    }),
    surface({
      ...shared,
      name: 'identity-versions',
      prefixes: ['/identity'],
      endpoints: withHeads([listVersions]),
    }),
  ];
}
