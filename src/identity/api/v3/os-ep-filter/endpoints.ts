import { createEndpointGroupEndpoint } from './endpoint-groups/create-endpoint-group.ts';
import { deleteEndpointGroupEndpoint } from './endpoint-groups/delete-endpoint-group.ts';
import { listEndpointGroups } from './endpoint-groups/list-endpoint-groups.ts';
import { listEndpointsOfGroup } from './endpoint-groups/list-endpoints-of-group.ts';
import { listProjectsOfGroup } from './endpoint-groups/list-projects-of-group.ts';
import { groupOfProjectEndpoints } from './endpoint-groups/projects/association.ts';
import { showEndpointGroup } from './endpoint-groups/show-endpoint-group.ts';
import { updateEndpointGroupEndpoint } from './endpoint-groups/update-endpoint-group.ts';
import { listProjectsOfEndpoint } from './endpoints/list-projects-of-endpoint.ts';
import { endpointOfProjectEndpoints } from './projects/endpoints/association.ts';
import { listEndpointsOfProject } from './projects/list-endpoints-of-project.ts';
import { listGroupsOfProject } from './projects/list-groups-of-project.ts';

/** Which part of the catalog a project sees. */
export const endpointFilterEndpoints = [
  listEndpointGroups,
  createEndpointGroupEndpoint,
  showEndpointGroup,
  updateEndpointGroupEndpoint,
  deleteEndpointGroupEndpoint,
  listEndpointsOfGroup,
  listProjectsOfGroup,
  ...groupOfProjectEndpoints,
  listProjectsOfEndpoint,
  listEndpointsOfProject,
  listGroupsOfProject,
  ...endpointOfProjectEndpoints,
];
