import { type Actor, reachesDomain } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';
import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import type { Project } from '../../../projects/project.ts';
import { findProject } from '../../../projects/store.ts';

type ProjectCall = { params: { project_id: string } };

const absent = (call: ProjectCall) =>
  identityErrors.projectNotFound({ id: call.params.project_id });

/** The project of one's token, or with permission any; domains are projects too here. */
export const shownProject = {
  find: (service: IdentityContext, call: ProjectCall) =>
    findProject(service.database.queries, call.params.project_id),
  visible: (actor: Actor, project: Project) =>
    actor.projectId === project.id ||
    (mayPerform(actor, 'identity:projects:get') &&
      reachesDomain(actor, project.domainId ?? project.id)),
  absent,
};

/**
 * For endpoints that require an action. Domains are projects too here, to those who may do the
 * same under `/domains`.
 */
const treeProject = {
  find: (service: IdentityContext, call: ProjectCall) =>
    findProject(service.database.queries, call.params.project_id),
  absent,
};

function treeProjectFor(domainAction: string) {
  return {
    ...treeProject,
    visible: (actor: Actor, project: Project) =>
      project.isDomain ? mayPerform(actor, domainAction) : reachesDomain(actor, project.domainId),
  };
}

export const changedTreeProject = treeProjectFor('identity:domains:update');

export const deletedTreeProject = treeProjectFor('identity:domains:delete');
