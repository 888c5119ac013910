import { isoSeconds } from '#base/clock.ts';
import type { StandardAttributes } from '../standard.ts';

/** What every resource shows besides its own attributes. */
export function renderStandard(resource: StandardAttributes): Record<string, unknown> {
  return {
    project_id: resource.projectId,
    tenant_id: resource.projectId,
    description: resource.description,
    revision_number: resource.revisionNumber,
    created_at: isoSeconds(resource.createdMs),
    updated_at: isoSeconds(resource.updatedMs),
    tags: [],
  };
}
