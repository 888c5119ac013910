import type { Endpoint } from '#endpoints/endpoint.ts';
import { checkGrant, grantRole, revokeRole } from '../../../assignments/grant.ts';
import { listGrantedRoles } from '../../../assignments/list.ts';
import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { wholeListBody } from '../lists.ts';
import { roleBody, roleSchema } from '../roles/wire.ts';
import { type GrantPath, grantPathOf, listPathOf } from './path.ts';
import { grantPlace, oneGrant } from './target.ts';

const grantErrors = [
  identityErrors.projectNotFound,
  identityErrors.domainNotFound,
  identityErrors.userNotFound,
  identityErrors.groupNotFound,
  identityErrors.roleNotFound,
];

/** The four endpoints of one place; the files named by the URLs choose the place. */
export function grantEndpoints(path: GrantPath): Endpoint<IdentityContext>[] {
  return [listEndpoint(path), grantEndpoint(path), checkEndpoint(path), revokeEndpoint(path)];
}

/** Who may give roles in a domain may not therefore give them on the whole deployment. */
function actionOf(path: GrantPath, operation: string): string {
  const resource = path.targets === 'system' ? 'systemAssignments' : 'roleAssignments';
  return `identity:${resource}:${operation}`;
}

function listEndpoint(path: GrantPath): Endpoint<IdentityContext> {
  return endpoint({
    method: 'GET',
    path: listPathOf(path),
    summary: 'List the roles granted here.',
    requires: [actionOf(path, 'list')],
    status: 200,
    response: listAnswer('roles', roleSchema),
    errors: grantErrors,
    target: grantPlace(path),
    handle: async (service, call, place) => {
      const roles = await listGrantedRoles(service, {
        actorKind: place.actorKind,
        actorId: place.actor.id,
        targetId: place.target.id,
        isInherited: place.isInherited,
      });
      const url = filled(listPathOf(path), call.params);
      return wholeListBody(
        call,
        url,
        'roles',
        roles.map((role) => roleBody(role, call.root)),
      );
    },
  });
}

function filled(path: string, params: unknown): string {
  const values = params as Record<string, string>;
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

function grantEndpoint(path: GrantPath): Endpoint<IdentityContext> {
  return endpoint({
    method: 'PUT',
    path: grantPathOf(path),
    summary: 'Grant a role.',
    requires: [actionOf(path, 'create')],
    status: 204,
    errors: [...grantErrors, identityErrors.domainRoleElsewhere, identityErrors.domainRoleOnSystem],
    target: oneGrant(path),
    handle: (service, { actor }, grant) => grantRole(service, actor, grant),
  });
}

function checkEndpoint(path: GrantPath): Endpoint<IdentityContext> {
  return endpoint({
    method: 'GET',
    path: grantPathOf(path),
    summary: 'Check whether a role is granted.',
    requires: [actionOf(path, 'get')],
    status: 204,
    errors: [...grantErrors, identityErrors.assignmentNotFound],
    target: oneGrant(path),
    handle: (service, _call, grant) => checkGrant(service, grant),
  });
}

function revokeEndpoint(path: GrantPath): Endpoint<IdentityContext> {
  return endpoint({
    method: 'DELETE',
    path: grantPathOf(path),
    summary: 'Revoke a role, at once.',
    requires: [actionOf(path, 'delete')],
    status: 204,
    errors: [...grantErrors, identityErrors.assignmentNotFound],
    target: oneGrant(path),
    handle: (service, { actor }, grant) => revokeRole(service, actor, grant),
  });
}
