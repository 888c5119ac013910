/** What administrators add to the catalog of services, and limits of what services have. */
export interface CatalogTables {
  regions: {
    id: string;
    parent_id: string | null;
    description: string;
    /** JSON object: members that clients added; so everywhere here. */
    extra: string;
  };
  catalog_services: {
    id: string;
    type: string;
    name: string;
    description: string;
    enabled: number;
    extra: string;
  };
  catalog_endpoints: {
    id: string;
    /** One of these rows or of the services that we are ourselves. */
    service_id: string;
    region_id: string | null;
    interface: string;
    url: string;
    enabled: number;
    extra: string;
  };
  registered_limits: {
    id: string;
    service_id: string;
    region_id: string | null;
    resource_name: string;
    default_limit: number;
    description: string | null;
  };
  limits: {
    id: string;
    registered_limit_id: string;
    /** A project or a domain. */
    owner_id: string;
    resource_limit: number;
    description: string | null;
  };
  policy_blobs: {
    id: string;
    type: string;
    /** JSON: whatever the client gave. */
    blob: string;
    extra: string;
  };
  endpoint_groups: {
    id: string;
    name: string;
    description: string | null;
    /** JSON object: what an endpoint must have to be of the group. */
    filters: string;
  };
  project_endpoints: {
    project_id: string;
    /** One of these rows or of what we are ourselves. */
    endpoint_id: string;
  };
  project_endpoint_groups: {
    project_id: string;
    endpoint_group_id: string;
  };
  /** Of an endpoint, of a service, or of a service in a region: what is not meant is empty. */
  policy_associations: {
    endpoint_id: string;
    service_id: string;
    region_id: string;
    policy_id: string;
  };
}
