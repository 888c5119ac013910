import type { StandardColumns } from '#db/schema/network.ts';

/** What Neutron keeps about every resource besides its own attributes. */
export interface StandardAttributes {
  id: string;
  projectId: string;
  description: string;
  revisionNumber: number;
  createdMs: number;
  updatedMs: number;
}

export function standardFromRow(row: StandardColumns): StandardAttributes {
  return {
    id: row.id,
    projectId: row.project_id,
    description: row.description,
    revisionNumber: row.revision_number,
    createdMs: row.created_ms,
    updatedMs: row.updated_ms,
  };
}

export function newStandardRow(
  id: string,
  projectId: string,
  description: string,
  nowMs: number,
): StandardColumns {
  return {
    id,
    project_id: projectId,
    description,
    revision_number: 0,
    created_ms: nowMs,
    updated_ms: nowMs,
  };
}
