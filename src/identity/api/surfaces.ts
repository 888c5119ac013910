import { type Surface, surface } from '#endpoints/surface.ts';
import { identityUrl } from '../catalog/catalog.ts';
import type { IdentityService } from '../service.ts';
import { describeInvalid, renderKeystoneError } from './errors.ts';
import { renderIamError } from './iam-errors.ts';
import { listAuthDomains } from './v3/auth/list-domains.ts';
import { listAuthProjects } from './v3/auth/list-projects.ts';
import { showCatalog } from './v3/auth/show-catalog.ts';
import { showAuthSystem } from './v3/auth/show-system.ts';
import { createToken } from './v3/auth/tokens/create-token.ts';
import { revokeTokenEndpoint } from './v3/auth/tokens/revoke-token.ts';
import { showToken } from './v3/auth/tokens/show-token.ts';
import { credentialEndpoints } from './v3/credentials/endpoints.ts';
import { domainConfigEndpoints } from './v3/domains/config/endpoints.ts';
import { createDomainEndpoint } from './v3/domains/create-domain.ts';
import { deleteDomainEndpoint } from './v3/domains/delete-domain.ts';
import { domainGroupRoles } from './v3/domains/groups/roles.ts';
import { listDomainsEndpoint } from './v3/domains/list-domains.ts';
import { showDomain } from './v3/domains/show-domain.ts';
import { updateDomainEndpoint } from './v3/domains/update-domain.ts';
import { domainUserRoles } from './v3/domains/users/roles.ts';
import { ec2Endpoints } from './v3/ec2tokens/endpoints.ts';
import { endpointEndpoints } from './v3/endpoints/endpoints.ts';
import { createGroupEndpoint } from './v3/groups/create-group.ts';
import { deleteGroupEndpoint } from './v3/groups/delete-group.ts';
import { listGroupsEndpoint } from './v3/groups/list-groups.ts';
import { showGroup } from './v3/groups/show-group.ts';
import { updateGroupEndpoint } from './v3/groups/update-group.ts';
import { addMemberEndpoint } from './v3/groups/users/add-member.ts';
import { checkMemberEndpoint } from './v3/groups/users/check-member.ts';
import { listMembers } from './v3/groups/users/list-members.ts';
import { removeMemberEndpoint } from './v3/groups/users/remove-member.ts';
import { limitEndpoints } from './v3/limits/endpoints.ts';
import { endpointFilterEndpoints } from './v3/os-ep-filter/endpoints.ts';
import { federationEndpoints } from './v3/os-federation/endpoints.ts';
import { inheritedDomainGroupRoles } from './v3/os-inherit/domains/groups/roles.ts';
import { inheritedDomainUserRoles } from './v3/os-inherit/domains/users/roles.ts';
import { inheritedProjectGroupRoles } from './v3/os-inherit/projects/groups/roles.ts';
import { inheritedProjectUserRoles } from './v3/os-inherit/projects/users/roles.ts';
import { createAccessToken } from './v3/os-oauth2/create-access-token.ts';
import { listRevocationEvents } from './v3/os-revoke/list-revocation-events.ts';
import { trustEndpoints } from './v3/os-trust/endpoints.ts';
import { policyEndpoints } from './v3/policies/endpoints.ts';
import { createProjectEndpoint } from './v3/projects/create-project.ts';
import { deleteProjectEndpoint } from './v3/projects/delete-project.ts';
import { projectGroupRoles } from './v3/projects/groups/roles.ts';
import { listProjectsEndpoint } from './v3/projects/list-projects.ts';
import { showProject } from './v3/projects/show-project.ts';
import { projectTagEndpoints } from './v3/projects/tags/endpoints.ts';
import { updateProjectEndpoint } from './v3/projects/update-project.ts';
import { projectUserRoles } from './v3/projects/users/roles.ts';
import { regionEndpoints } from './v3/regions/endpoints.ts';
import { registeredLimitEndpoints } from './v3/registered-limits/endpoints.ts';
import { removedEndpoints } from './v3/removed/endpoints.ts';
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
import { createS3Token } from './v3/s3tokens/create-s3-token.ts';
import { serviceEndpoints } from './v3/services/endpoints.ts';
import { showVersion } from './v3/show-version.ts';
import { systemGroupRoles } from './v3/system/groups/roles.ts';
import { systemUserRoles } from './v3/system/users/roles.ts';
import { changePasswordEndpoint } from './v3/users/change-password.ts';
import { createUserEndpoint } from './v3/users/create-user.ts';
import { userDelegationEndpoints } from './v3/users/delegation-endpoints.ts';
import { deleteUserEndpoint } from './v3/users/delete-user.ts';
import { listUserGroups } from './v3/users/list-user-groups.ts';
import { listUserProjects } from './v3/users/list-user-projects.ts';
import { listUsersEndpoint } from './v3/users/list-users.ts';
import { showUser } from './v3/users/show-user.ts';
import { updateUserEndpoint } from './v3/users/update-user.ts';
import { iamEndpoints } from './v3.0/endpoints.ts';
import { listVersions } from './versions/list-versions.ts';
import { withHeads } from './with-heads.ts';

const v3Endpoints = withHeads([
  listAuthDomains,
  listAuthProjects,
  showCatalog,
  showAuthSystem,
  createToken,
  revokeTokenEndpoint,
  showToken,
  ...credentialEndpoints,
  createDomainEndpoint,
  deleteDomainEndpoint,
  ...domainGroupRoles,
  listDomainsEndpoint,
  showDomain,
  updateDomainEndpoint,
  ...domainUserRoles,
  ...endpointEndpoints,
  ...limitEndpoints,
  ...policyEndpoints,
  ...registeredLimitEndpoints,
  createGroupEndpoint,
  deleteGroupEndpoint,
  listGroupsEndpoint,
  showGroup,
  updateGroupEndpoint,
  addMemberEndpoint,
  checkMemberEndpoint,
  listMembers,
  removeMemberEndpoint,
  ...domainConfigEndpoints,
  listRevocationEvents,
  createAccessToken,
  ...removedEndpoints,
  createS3Token,
  ...endpointFilterEndpoints,
  ...federationEndpoints,
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
  ...projectTagEndpoints,
  ...projectUserRoles,
  ...regionEndpoints,
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
  ...serviceEndpoints,
  showVersion,
  ...systemGroupRoles,
  ...systemUserRoles,
  changePasswordEndpoint,
  createUserEndpoint,
  deleteUserEndpoint,
  listUserGroups,
  listUserProjects,
  listUsersEndpoint,
  showUser,
  updateUserEndpoint,
  ...userDelegationEndpoints,
  ...trustEndpoints,
  ...ec2Endpoints,
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
      name: 'iam-v3.0',
      prefixes: ['/v3.0', '/identity/v3.0'],
      renderError: (error) =>
        renderIamError(error, renderKeystoneError(error, identityUrl(context.catalog()))),
      endpoints: withHeads(iamEndpoints),
    }),
    surface({
      ...shared,
      name: 'identity-versions',
      prefixes: ['/identity'],
      endpoints: withHeads([listVersions]),
    }),
  ];
}
