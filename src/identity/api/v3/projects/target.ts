import type { Actor } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';
import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import type { Project } from '../../../projects/project.ts';
import { findProject } from '../../../projects/store.ts';
import { seenByAnyone } from '../visibility.ts';

type ProjectCall = { params: { project_id: string } };

const absent = (call: ProjectCall) =>
  identityErrors.projectNotFound({ id: call.params.project_id });

/** The project of one's token, or with permission any; domains are projects too here. */
export const shownProject = {
  find: (service: IdentityContext, call: ProjectCall) =>
    findProject(service.database.queries, call.params.project_id),
  visible: (actor: Actor, project: Project) =>
    actor.projectId === project.id || mayPerform(actor, 'identity:projects:get'),
  absent,
};

/** For endpoints that require an action; domains are changed under `/domains`. */
export const anyProject = {
  find: async (service: IdentityContext, call: ProjectCall) => {
    const found = await findProject(service.database.queries, call.params.project_id);
    return found?.isDomain ? undefined : found;
  },
  visible: seenByAnyone,
  absent,
};
