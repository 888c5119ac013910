import type { Static } from 'typebox';
import { boundDomain } from '#policy/actor.ts';
import { requireActions } from '#policy/engine.ts';
import { createDomain } from '../../../domains/create.ts';
import { identityErrors } from '../../../errors.ts';
import { extrasOf, mergeMembers } from '../../../extras.ts';
import { createProject } from '../../../projects/create.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { homeDomain } from '../home-domain.ts';
import { ProjectCreate, projectMembers } from './schema.ts';
import { projectBody, projectSchema } from './wire.ts';

export const createProjectEndpoint = endpoint({
  method: 'POST',
  path: '/projects',
  summary: 'Create a project, which may also be a domain.',
  requires: ['identity:projects:create'],
  body: ProjectCreate,
  status: 201,
  response: oneAnswer('project', projectSchema),
  errors: [
    identityErrors.domainNotFound,
    identityErrors.projectNotFound,
    identityErrors.nameTaken,
    identityErrors.treeTooDeep,
    identityErrors.parentDisabled,
    identityErrors.invalid,
  ],
  handle: async (service, call) => {
    const wanted = call.body.project;
    if (wanted.is_domain) requireActions(call.actor, ['identity:domains:create']);
    const content = contentOf(wanted);
    const project = wanted.is_domain
      ? await createDomain(service, content)
      : await createProject(service, {
          ...content,
          domainId: wanted.domain_id ?? undefined,
          parentId: wanted.parent_id ?? null,
          homeDomainId: homeDomain(call.actor),
          boundDomainId: boundDomain(call.actor),
        });
    return { project: projectBody(project, call.root) };
  },
});

function contentOf(wanted: Static<typeof ProjectCreate>['project']) {
  if (wanted.is_domain && (wanted.domain_id ?? wanted.parent_id)) {
    const reason = 'A project that is a domain has neither a domain nor a parent.';
    throw identityErrors.invalid({ reason });
  }
  return {
    name: wanted.name,
    description: wanted.description ?? '',
    isEnabled: wanted.enabled ?? true,
    tags: wanted.tags ?? [],
    options: mergeMembers({}, wanted.options ?? {}),
    extra: extrasOf(wanted, projectMembers),
  };
}
