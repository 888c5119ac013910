/** Tables of the identity service; made by the migration of the same name. */
export interface IdentityTables {
  /** Projects and domains: a domain is a project that may hold users, as Keystone has it. */
  projects: {
    id: string;
    /** Null for domains. */
    domain_id: string | null;
    /** The parent project, or the domain at the top of the tree; null for domains. */
    parent_id: string | null;
    is_domain: number;
    name: string;
    description: string;
    enabled: number;
    /** JSON array of text. */
    tags: string;
    /** JSON object: resource options such as `immutable`. */
    options: string;
    /** JSON object: members that clients added. */
    extra: string;
  };
  users: {
    id: string;
    domain_id: string;
    name: string;
    enabled: number;
    default_project_id: string | null;
    /** Names its function, cost and salt; null when the user has no password. */
    password_hash: string | null;
    password_changed_ms: number | null;
    options: string;
    extra: string;
  };
  user_groups: {
    id: string;
    domain_id: string;
    name: string;
    description: string;
    extra: string;
  };
  group_members: {
    group_id: string;
    user_id: string;
  };
  roles: {
    id: string;
    /** Null for roles that hold everywhere. */
    domain_id: string | null;
    name: string;
    description: string | null;
    options: string;
    extra: string;
  };
  implied_roles: {
    prior_role_id: string;
    implied_role_id: string;
  };
  role_assignments: {
    actor_kind: 'user' | 'group';
    actor_id: string;
    /** A project or a domain. */
    target_id: string;
    role_id: string;
    /** 1: holds for the projects below the target and not for the target itself. */
    is_inherited: number;
  };
  tokens: {
    /** SHA-256 of the token in base64url: a stolen database opens nothing. */
    hash: string;
    user_id: string;
    project_id: string | null;
    /** Scope of a domain-scoped token. */
    domain_id: string | null;
    /** JSON arrays of text. */
    methods: string;
    audit_ids: string;
    issued_ms: number;
    expires_ms: number;
  };
}
