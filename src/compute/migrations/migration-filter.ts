/** All conditions hold together; what is absent asks nothing. */
export interface MigrationFilter {
  /** Its source or its target. */
  host?: string | undefined;
  sourceHost?: string | undefined;
  serverId?: string | undefined;
  status?: string | undefined;
  type?: string | undefined;
  isHidden?: boolean | undefined;
  projectId?: string | undefined;
  userId?: string | undefined;
  changedSinceMs?: number | undefined;
  changedBeforeMs?: number | undefined;
}

export interface MigrationPage {
  limit: number;
  /** Newest first, from the one after this UUID; absent: oldest first, from the beginning. */
  newestFirst: boolean;
  marker?: string | undefined;
}
