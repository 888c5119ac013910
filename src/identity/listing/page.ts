/** One page of a list that is ordered by name, then id. */
export interface PageRequest {
  /** Entries wanted; at most `limits.pageItems` are given. */
  limit: number;
  /** Id of the last entry of the page before. */
  marker: string | undefined;
}

export interface Page<T> {
  items: T[];
  /** More entries follow after the last one. */
  isTruncated: boolean;
}

/** Stores fetch one entry more than asked, which tells whether there are more. */
export function pageOf<T>(rows: T[], limit: number): Page<T> {
  return { items: rows.slice(0, limit), isTruncated: rows.length > limit };
}
