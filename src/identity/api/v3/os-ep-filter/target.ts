import { catalogErrors } from '../../../catalog/errors.ts';
import { wholeCatalog } from '../../../catalog/whole.ts';
import type { IdentityContext } from '../../../context.ts';
import type { ProjectPart } from '../../../endpoint-filter/change.ts';
import { listGroupRows } from '../../../endpoint-filter/store.ts';
import { identityErrors } from '../../../errors.ts';
import type { Project } from '../../../projects/project.ts';
import { findProject } from '../../../projects/store.ts';
import { seenByAnyone } from '../visibility.ts';

type GroupCall = { params: { endpoint_group_id: string } };
type ProjectCall = { params: { project_id: string } };
type EndpointCall = { params: { endpoint_id: string } };

/** For endpoints that require an action, as all of these. */
export const anyEndpointGroup = {
  find: async (service: IdentityContext, call: GroupCall) => {
    const groups = await listGroupRows(service.database.queries);
    return groups.find(({ id }) => id === call.params.endpoint_group_id);
  },
  visible: seenByAnyone,
  absent: (call: GroupCall) =>
    catalogErrors.endpointGroupNotFound({ id: call.params.endpoint_group_id }),
};

const noProject = (call: ProjectCall) =>
  identityErrors.projectNotFound({ id: call.params.project_id });

export const filteredProject = {
  find: (service: IdentityContext, call: ProjectCall): Promise<Project | undefined> =>
    findProject(service.database.queries, call.params.project_id),
  visible: seenByAnyone,
  absent: noProject,
};

/** Both ends of an association, whether or not it was made. */
export const endpointOfProject = {
  find: async (
    service: IdentityContext,
    call: EndpointCall & ProjectCall,
  ): Promise<ProjectPart | undefined> => {
    const { endpoint_id: partId, project_id: projectId } = call.params;
    const { endpoints } = await wholeCatalog(service);
    if (!endpoints.some(({ id }) => id === partId)) {
      throw identityErrors.endpointNotFound({ id: partId });
    }
    const project = await findProject(service.database.queries, projectId);
    return project && { partId, projectId };
  },
  visible: seenByAnyone,
  absent: noProject,
};

export const groupOfProject = {
  find: async (
    service: IdentityContext,
    call: GroupCall & ProjectCall,
  ): Promise<ProjectPart | undefined> => {
    const { endpoint_group_id: partId, project_id: projectId } = call.params;
    const project = await findProject(service.database.queries, projectId);
    if (!project) return undefined;
    if (!(await anyEndpointGroup.find(service, call))) throw anyEndpointGroup.absent(call);
    return { partId, projectId };
  },
  visible: seenByAnyone,
  absent: noProject,
};
