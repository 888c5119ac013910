import { hash } from 'node:crypto';
import type { Project } from '../projects/project.ts';
import type { Role } from '../roles/role.ts';
import type { User } from '../users/user.ts';

/** What is kept of a token. The token itself is known to its holder only. */
export interface StoredToken {
  hash: string;
  userId: string;
  projectId: string | null;
  /** Scope of a domain-scoped token. */
  domainId: string | null;
  /** How its holder proved who they are: `password`, `token`. */
  methods: string[];
  /** Its own audit id and, when it came from another token, that one's. */
  auditIds: string[];
  issuedMs: number;
  expiresMs: number;
}

/** A valid token with everyone it speaks of. */
export interface Token extends StoredToken {
  user: User;
  userDomain: Project;
  project: Project | null;
  /** The project's domain. */
  projectDomain: Project | null;
  /** Scope of a domain-scoped token. */
  domain: Project | null;
  /** Held in the scope, implied ones included; none without scope. */
  roles: Role[];
}

/** Tokens are as long as any key, so a fast hash is enough. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url');
}
