import type { AccessRule } from '#policy/access-rules.ts';
import type { Role } from '../roles/role.ts';

/** A rule as its user has it; several credentials may share one. */
export interface OwnedAccessRule extends AccessRule {
  id: string;
  userId: string;
}

/** A secret by which a program acts for a user on one project, with some of the user's roles. */
export interface ApplicationCredential {
  id: string;
  userId: string;
  projectId: string;
  /** Unique for its user. */
  name: string;
  description: string | null;
  /** Never shown. */
  secretHash: string;
  /** Its tokens may make and delete credentials and trusts. */
  isUnrestricted: boolean;
  expiresMs: number | null;
  /** As they were given, without what they imply; by name. */
  roles: readonly Role[];
  /** The only requests that its tokens may make; null: any. */
  accessRules: readonly OwnedAccessRule[] | null;
}
