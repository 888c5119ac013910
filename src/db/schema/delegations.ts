/** By what users let programs and others act for them. */
export interface DelegationTables {
  application_credentials: {
    id: string;
    user_id: string;
    project_id: string;
    /** Unique for its user. */
    name: string;
    description: string | null;
    /** Like that of a password. */
    secret_hash: string;
    /** 1: may make and delete credentials and trusts. */
    unrestricted: number;
    /** 1: may do only what its access rules say. */
    has_access_rules: number;
    expires_ms: number | null;
  };
  application_credential_roles: {
    credential_id: string;
    role_id: string;
  };
  access_rules: {
    id: string;
    user_id: string;
    service: string;
    method: string;
    path: string;
  };
  trusts: {
    id: string;
    trustor_user_id: string;
    trustee_user_id: string;
    /** Null: its tokens have no scope. */
    project_id: string | null;
    /** 1: its tokens speak as the trustor. */
    impersonation: number;
    expires_ms: number | null;
    /** Tokens that may still be made; null: any number. */
    remaining_uses: number | null;
    /** How many trusts may follow in a chain. */
    redelegation_count: number;
    /** By whose token it was made, and ends with. */
    redelegated_trust_id: string | null;
  };
  trust_roles: {
    trust_id: string;
    role_id: string;
  };
  application_credential_rules: {
    credential_id: string;
    rule_id: string;
  };
}
