/** Identity providers that are believed, and whom their users are here. */
export interface FederationTables {
  identity_providers: {
    id: string;
    /** Where users who come by it are kept. */
    domain_id: string;
    enabled: number;
    description: string | null;
    /** JSON array: the issuers of its tokens. */
    remote_ids: string;
    authorization_minutes: number | null;
  };
  federation_mappings: {
    id: string;
    /** JSON array. */
    rules: string;
  };
  federation_protocols: {
    idp_id: string;
    id: string;
    mapping_id: string;
    /** JSON array: for whom tokens must be meant. */
    audiences: string;
  };
  federated_users: {
    idp_id: string;
    protocol_id: string;
    /** How the mapping told this one from others. */
    unique_id: string;
    user_id: string;
  };
  /** Memberships as the last login by federation gave them. */
  federated_members: {
    user_id: string;
    group_id: string;
    until_ms: number;
  };
  /** Other clouds that believe us; kept for clients, nothing here is decided by them. */
  service_providers: {
    id: string;
    auth_url: string;
    sp_url: string;
    description: string | null;
    enabled: number;
    relay_state_prefix: string;
  };
}
