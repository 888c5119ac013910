/** `superseded`: another operation, such as a deletion, took over what this one had begun. */
export type OperationState = 'running' | 'undoing' | 'done' | 'failed' | 'superseded';

export interface OperationTables {
  operations: {
    id: string;
    /** Order of recording; operations of one subject run in this order. */
    sequence: number;
    kind: string;
    /** The resource whose queue it stands in, for example a server's id. */
    subject: string;
    project_id: string | null;
    request_id: string;
    input: string;
    state: OperationState;
    /** Steps completed, counted from the first; while undoing, steps still to undo. */
    step: number;
    /** What steps learned and later steps need, as JSON. */
    data: string;
    error: string | null;
    created_ms: number;
    updated_ms: number;
    deadline_ms: number;
  };
}
