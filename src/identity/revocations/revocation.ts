/** Whose tokens ended early: one of these. */
export interface Revoked {
  auditId?: string;
  userId?: string;
  projectId?: string;
  domainId?: string;
  trustId?: string;
}

/** What was issued until then ended then. */
export interface Revocation {
  id: string;
  revokedMs: number;
  about: Revoked;
}
