import type { Endpoint } from '#endpoints/endpoint.ts';
import type { IdentityContext } from '../../../context.ts';
import {
  grantOnEnterpriseProject,
  revokeOnEnterpriseProject,
} from '../../../enterprise-projects/grant.ts';
import { identityErrors } from '../../../errors.ts';
import { policyErrors } from '../../../policies/errors.ts';
import { endpoint } from '../../endpoint.ts';
import { grantTarget, type Holders } from './target.ts';

function grantPath(holders: Holders): string {
  const holder = holders === 'users' ? '{user_id}' : '{group_id}';
  return (
    `/OS-PERMISSION/enterprise-projects/{enterprise_project_id}/${holders}/${holder}` +
    '/roles/{role_id}'
  );
}

function grantEndpoints(holders: Holders): Endpoint<IdentityContext>[] {
  const path = grantPath(holders);
  const target = grantTarget(holders);
  return [
    endpoint({
      method: 'PUT',
      path,
      summary: 'Grant a policy for what lies in an enterprise project.',
      requires: ['identity:roleAssignments:create'],
      status: 204,
      errors: [identityErrors.assignmentNotFound, policyErrors.policyNeeded],
      target,
      handle: (service, { actor }, grant) => grantOnEnterpriseProject(service, actor, grant),
    }),
    endpoint({
      method: 'DELETE',
      path,
      summary: 'Revoke a policy on an enterprise project, at once.',
      requires: ['identity:roleAssignments:delete'],
      status: 204,
      errors: [identityErrors.assignmentNotFound],
      target,
      handle: (service, _call, grant) => revokeOnEnterpriseProject(service, grant),
    }),
  ];
}

export const enterpriseGrantEndpoints = [...grantEndpoints('groups'), ...grantEndpoints('users')];
