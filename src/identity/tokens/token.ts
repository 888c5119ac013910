import { hash } from 'node:crypto';
import type { ApplicationCredential } from '../application-credentials/credential.ts';
import type { Project } from '../projects/project.ts';
import type { HeldRole } from '../roles/role.ts';
import type { Trust } from '../trusts/trust.ts';
import type { User } from '../users/user.ts';

/** What is kept of a token. The token itself is known to its holder only. */
export interface StoredToken {
  hash: string;
  userId: string;
  projectId: string | null;
  /** Scope of a domain-scoped token. */
  domainId: string | null;
  /** Its scope is the deployment itself. */
  isSystem: boolean;
  /** How its holder proved who they are: `password`, `token`. */
  methods: string[];
  /** Its own audit id and, when it came from another token, that one's. */
  auditIds: string[];
  issuedMs: number;
  expiresMs: number;
  /** The application credential that it came from. */
  applicationCredentialId: string | null;
  /** The trust by which its holder acts. */
  trustId: string | null;
  /** The EC2 credential that it came from. */
  ec2CredentialId: string | null;
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
  roles: HeldRole[];
  /** What a delegation keeps back of what its user has: of these only what they deny counts. */
  withheld: HeldRole[];
  applicationCredential: ApplicationCredential | null;
  trust: Trust | null;
  /** Policies on enterprise projects of the project's account. */
  enterpriseRoles?: readonly HeldRole[];
}

/** Tokens are as long as any key, so a fast hash is enough. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url');
}
