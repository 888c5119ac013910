import type { Static } from 'typebox';
import { updateDomain } from '../../../domains/update.ts';
import { identityErrors } from '../../../errors.ts';
import { extrasOf } from '../../../extras.ts';
import type { Project } from '../../../projects/project.ts';
import { updateProject } from '../../../projects/update.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { ProjectUpdate, projectMembers } from './schema.ts';
import { changedTreeProject } from './target.ts';
import { projectBody, projectSchema } from './wire.ts';

export const updateProjectEndpoint = endpoint({
  method: 'PATCH',
  path: '/projects/{project_id}',
  summary: 'Change a project; disabling it ends its tokens.',
  requires: ['identity:projects:update'],
  body: ProjectUpdate,
  status: 200,
  response: oneAnswer('project', projectSchema),
  errors: [
    identityErrors.projectNotFound,
    identityErrors.nameTaken,
    identityErrors.fixedMember,
    identityErrors.immutable,
    identityErrors.childrenEnabled,
    identityErrors.parentDisabled,
  ],
  target: changedTreeProject,
  handle: async (service, call, project) => {
    const wanted = call.body.project;
    checkFixed(project, wanted);
    const change = {
      name: wanted.name,
      description: wanted.description === null ? '' : wanted.description,
      isEnabled: wanted.enabled,
      tags: wanted.tags,
      options: wanted.options ?? {},
      extra: extrasOf(wanted, projectMembers),
    };
    const changed = project.isDomain
      ? await updateDomain(service, project, change)
      : await updateProject(service, project, change);
    return { project: projectBody(changed, call.root) };
  },
});

/** What a project belongs to never changes; saying what is so already is no change. */
function checkFixed(project: Project, wanted: Static<typeof ProjectUpdate>['project']): void {
  const { domain_id: domainId, parent_id: parentId, is_domain: isDomain } = wanted;
  if (domainId !== undefined && domainId !== project.domainId) {
    throw identityErrors.fixedMember({ member: 'domain_id' });
  }
  if (parentId !== undefined && parentId !== project.parentId) {
    throw identityErrors.fixedMember({ member: 'parent_id' });
  }
  if (isDomain !== undefined && isDomain !== project.isDomain) {
    throw identityErrors.fixedMember({ member: 'is_domain' });
  }
}
