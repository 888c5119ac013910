/** What Neutron keeps about every resource besides its own attributes. */
export interface StandardAttributes {
  id: string;
  projectId: string;
  description: string;
  revisionNumber: number;
  createdMs: number;
  updatedMs: number;
}

/** The same as columns. */
export interface StandardRow {
  id: string;
  project_id: string;
  description: string;
  revision_number: number;
  created_ms: number;
  updated_ms: number;
}

export function standardFromRow(row: StandardRow): StandardAttributes {
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
): StandardRow {
  return {
    id,
    project_id: projectId,
    description,
    revision_number: 0,
    created_ms: nowMs,
    updated_ms: nowMs,
  };
}
