import type { Allowed } from '#policy/engine.ts';
import { catalogErrors } from '../catalog/errors.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import type { EndpointGroup } from './group.ts';
import {
  deleteEndpointOfProject,
  deleteGroupOfProject,
  deleteGroupRow,
  insertEndpointOfProject,
  insertGroup,
  insertGroupOfProject,
  listGroupRows,
  replaceGroup,
} from './store.ts';

export async function createEndpointGroup(
  context: IdentityContext,
  wanted: Omit<EndpointGroup, 'id'>,
): Promise<EndpointGroup> {
  const group = { ...wanted, id: context.ids.hex() };
  await changeIdentity(context, (tx) => insertGroup(tx, group));
  return group;
}

/** Absent members stay as they are; filters are replaced as a whole. */
export function updateEndpointGroup(
  context: IdentityContext,
  target: Allowed<EndpointGroup>,
  change: {
    name?: string | undefined;
    description?: string | null | undefined;
    filters?: EndpointGroup['filters'] | undefined;
  },
): Promise<EndpointGroup> {
  return changeIdentity(context, async (tx) => {
    const before = (await listGroupRows(tx)).find(({ id }) => id === target.id);
    if (!before) throw catalogErrors.endpointGroupNotFound({ id: target.id });
    const group: EndpointGroup = {
      id: before.id,
      name: change.name ?? before.name,
      description: change.description === undefined ? before.description : change.description,
      filters: change.filters ?? before.filters,
    };
    await replaceGroup(tx, group);
    return group;
  });
}

/** Projects that had it see what their other endpoints leave. */
export function deleteEndpointGroup(
  context: IdentityContext,
  group: Allowed<EndpointGroup>,
): Promise<void> {
  return changeIdentity(context, (tx) => deleteGroupRow(tx, group.id));
}

/** Both ends of an association are looked up by whoever asks. */
export interface ProjectPart {
  partId: string;
  projectId: string;
}

/** Throws Conflict for one that is there. */
export function giveEndpoint(context: IdentityContext, part: Allowed<ProjectPart>): Promise<void> {
  return changeIdentity(context, async (tx) => {
    const isNew = await insertEndpointOfProject(tx, part.partId, part.projectId);
    if (!isNew) throw catalogErrors.associationTaken({ noun: 'project_endpoint' });
  });
}

/** Throws NotFound where it was not given. */
export function takeEndpoint(context: IdentityContext, part: Allowed<ProjectPart>): Promise<void> {
  return changeIdentity(context, async (tx) => {
    const { partId, projectId } = part;
    const wasThere = await deleteEndpointOfProject(tx, partId, projectId);
    if (!wasThere) throw catalogErrors.endpointNotInProject({ endpointId: partId, projectId });
  });
}

/** Throws Conflict for one that is there. */
export function giveGroup(context: IdentityContext, part: Allowed<ProjectPart>): Promise<void> {
  return changeIdentity(context, async (tx) => {
    const isNew = await insertGroupOfProject(tx, part.partId, part.projectId);
    if (!isNew) throw catalogErrors.associationTaken({ noun: 'project_endpoint_group' });
  });
}

/** Throws NotFound where it was not given. */
export function takeGroup(context: IdentityContext, part: Allowed<ProjectPart>): Promise<void> {
  return changeIdentity(context, async (tx) => {
    const { partId, projectId } = part;
    const wasThere = await deleteGroupOfProject(tx, partId, projectId);
    if (!wasThere) throw catalogErrors.groupNotInProject({ groupId: partId, projectId });
  });
}
