import type { Generated } from 'kysely';

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
    password_expires_ms: number | null;
    /** 1: chosen by the user, 0: given by an administrator. */
    password_is_own: number;
    last_active_ms: number | null;
    options: string;
    extra: string;
  };
  /** Secrets of users in the forms of their types, as Keystone keeps them. */
  credentials: {
    id: string;
    user_id: string;
    project_id: string | null;
    type: string;
    sealed_blob: string;
    /** Of a device that makes codes: the latest step of which a code was used. */
    used_step: Generated<number | null>;
  };
  /** Of each user the latest that may not be chosen again. */
  former_passwords: {
    user_id: string;
    sequence: number;
    password_hash: string;
  };
  /** Failed logins in a row, of users and of few rows for all names that nobody has. */
  login_failures: {
    subject: string;
    count: number;
    last_ms: number;
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
    /** Name of the role's document in the code, for those that come with the cloud. */
    system_policy: string | null;
    /** JSON object: a policy that somebody wrote. */
    custom_policy: string | null;
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
  /** Roles on the deployment itself rather than on a project or domain. */
  system_assignments: {
    actor_kind: 'user' | 'group';
    actor_id: string;
    role_id: string;
  };
  /** Policies for what lies in an enterprise project. */
  enterprise_assignments: {
    actor_kind: 'user' | 'group';
    actor_id: string;
    /** The account of that user or group. */
    domain_id: string;
    enterprise_project_id: string;
    role_id: string;
  };
  tokens: {
    /** SHA-256 of the token in base64url: a stolen database opens nothing. */
    hash: string;
    user_id: string;
    project_id: string | null;
    /** Scope of a domain-scoped token. */
    domain_id: string | null;
    /** 1: its scope is the system. */
    is_system: number;
    /** JSON arrays of text. */
    methods: string;
    audit_ids: string;
    issued_ms: number;
    expires_ms: number;
    /** What the token came from, and ends with. */
    application_credential_id: string | null;
    trust_id: string | null;
    ec2_credential_id: string | null;
  };
  /** What a domain's configuration shows. */
  domain_config_options: {
    /** Of the three that follow. */
    id: string;
    domain_id: string;
    group_name: string;
    option_name: string;
    /** JSON of any shape. */
    value: string;
  };
  domain_config_secrets: {
    id: string;
    domain_id: string;
    group_name: string;
    option_name: string;
    sealed_value: string;
  };
  /** Which tokens ended early, for as long as one of them could live. */
  revocation_events: {
    id: string;
    revoked_ms: number;
    /** JSON object: whose. */
    about: string;
  };
}
