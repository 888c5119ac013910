import { type Actor, reachesDomain } from '#policy/actor.ts';
import { type Grant, systemTarget } from '../../../assignments/assignment.ts';
import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import { findGroup } from '../../../groups/store.ts';
import { findProject } from '../../../projects/store.ts';
import { findRole } from '../../../roles/store.ts';
import { findUser } from '../../../users/store.ts';
import { seenByAnyone } from '../visibility.ts';
import type { GrantPath } from './path.ts';

/** Who may have roles where; without the role that a single grant names. */
export type GrantPlace = Pick<Grant, 'actorKind' | 'actor' | 'target' | 'isInherited'>;

/** The call's parameters are named by the path's form, which types can not follow. */
type GrantCall = { actor: Actor; params: unknown };

/** Both ends of a list of grants. */
export function grantPlace(path: GrantPath) {
  return {
    find: (service: IdentityContext, call: GrantCall) => findPlace(service, path, call),
    visible: seenByAnyone,
    absent: (call: GrantCall) => targetNotFound(path, call),
  };
}

/** Both ends and the role of one grant, whether or not it was made. */
export function oneGrant(path: GrantPath) {
  return {
    find: async (service: IdentityContext, call: GrantCall): Promise<Grant | undefined> => {
      const place = await findPlace(service, path, call);
      if (!place) return undefined;
      const id = parameter(call, 'role_id');
      const role = await findRole(service.database.queries, id);
      const isBound = path.targets !== 'system';
      const isForeign = isBound && role?.domainId && !reachesDomain(call.actor, role.domainId);
      if (!role || isForeign) throw identityErrors.roleNotFound({ id });
      return { ...place, role };
    },
    visible: seenByAnyone,
    absent: (call: GrantCall) => targetNotFound(path, call),
  };
}

async function findPlace(
  service: IdentityContext,
  path: GrantPath,
  call: GrantCall,
): Promise<GrantPlace | undefined> {
  const target = await findTarget(service, path, call);
  if (!target) return undefined;
  const { queries } = service.database;
  const { isInherited } = path;
  // Who may give roles on the system has been asked for an action that reaches everybody.
  const isBeyond = ({ domainId }: { domainId: string }) =>
    path.targets !== 'system' && !reachesDomain(call.actor, domainId);
  if (path.actors === 'users') {
    const id = parameter(call, 'user_id');
    const actor = await findUser(queries, id);
    if (!actor || isBeyond(actor)) throw identityErrors.userNotFound({ id });
    return { actorKind: 'user', actor, target, isInherited };
  }
  const id = parameter(call, 'group_id');
  const actor = await findGroup(queries, id);
  if (!actor || isBeyond(actor)) throw identityErrors.groupNotFound({ id });
  return { actorKind: 'group', actor, target, isInherited };
}

async function findTarget(
  service: IdentityContext,
  path: GrantPath,
  call: GrantCall,
): Promise<Grant['target'] | undefined> {
  if (path.targets === 'system') return systemTarget;
  const id = parameter(call, path.targets === 'projects' ? 'project_id' : 'domain_id');
  const found = await findProject(service.database.queries, id);
  if (found?.isDomain !== (path.targets === 'domains')) return undefined;
  return reachesDomain(call.actor, found.domainId ?? found.id) ? found : undefined;
}

function targetNotFound(path: GrantPath, call: GrantCall): Error {
  return path.targets === 'projects'
    ? identityErrors.projectNotFound({ id: parameter(call, 'project_id') })
    : identityErrors.domainNotFound({ id: parameter(call, 'domain_id') });
}

function parameter(call: GrantCall, name: string): string {
  return (call.params as Record<string, string>)[name] ?? '';
}
