import type { Allowed } from '#policy/engine.ts';
import { catalogErrors } from '../catalog/errors.ts';
import type { ServiceEndpoint } from '../catalog/parts.ts';
import { wholeCatalog } from '../catalog/whole.ts';
import type { IdentityContext } from '../context.ts';
import type { Project } from '../projects/project.ts';
import { listProjectsById } from '../projects/store.ts';
import type { ProjectPart } from './change.ts';
import { endpointsOfProject } from './filtered.ts';
import type { EndpointGroup } from './group.ts';
import {
  listEndpointIdsOfProject,
  listGroupRows,
  listGroupRowsOfProject,
  listProjectIdsOfEndpoint,
  listProjectIdsOfGroup,
} from './store.ts';

export function listGroups({ database }: IdentityContext): Promise<EndpointGroup[]> {
  return listGroupRows(database.queries);
}

export async function projectsOfGroup(
  { database }: IdentityContext,
  group: Allowed<EndpointGroup>,
): Promise<Project[]> {
  const ids = await listProjectIdsOfGroup(database.queries, group.id);
  return listProjectsById(database.queries, ids);
}

export async function projectsOfEndpoint(
  { database }: IdentityContext,
  endpointId: string,
): Promise<Project[]> {
  const ids = await listProjectIdsOfEndpoint(database.queries, endpointId);
  return listProjectsById(database.queries, ids);
}

export async function givenEndpoints(
  context: IdentityContext,
  project: Allowed<Project>,
): Promise<ServiceEndpoint[]> {
  const catalog = await wholeCatalog(context);
  return endpointsOfProject(context.database.queries, catalog, project.id);
}

export function givenGroups(
  { database }: IdentityContext,
  project: Allowed<Project>,
): Promise<EndpointGroup[]> {
  return listGroupRowsOfProject(database.queries, project.id);
}

/** Throws NotFound where it was not given by itself. */
export async function checkEndpointGiven(
  { database }: IdentityContext,
  { partId, projectId }: Allowed<ProjectPart>,
): Promise<void> {
  const ids = await listEndpointIdsOfProject(database.queries, projectId);
  if (ids.includes(partId)) return;
  throw catalogErrors.endpointNotInProject({ endpointId: partId, projectId });
}

/** Throws NotFound where it was not given. */
export async function checkGroupGiven(
  { database }: IdentityContext,
  { partId, projectId }: Allowed<ProjectPart>,
): Promise<void> {
  const ids = await listProjectIdsOfGroup(database.queries, partId);
  if (ids.includes(projectId)) return;
  throw catalogErrors.groupNotInProject({ groupId: partId, projectId });
}
