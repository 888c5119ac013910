/** Columns that Neutron's standard attributes need, on every resource that users make. */
export interface StandardColumns {
  id: string;
  project_id: string;
  description: string;
  revision_number: number;
  created_ms: number;
  updated_ms: number;
}

export interface NetworksTable extends StandardColumns {
  name: string;
  admin_state_up: number;
  shared: number;
  external: number;
  mtu: number;
  port_security_enabled: number;
  status: string;
}

export interface SubnetsTable extends StandardColumns {
  network_id: string;
  name: string;
  ip_version: number;
  cidr: string;
  gateway_ip: string | null;
  enable_dhcp: number;
  /** JSON lists. */
  allocation_pools: string;
  dns_nameservers: string;
  host_routes: string;
  ipv6_ra_mode: string | null;
  ipv6_address_mode: string | null;
}

export interface PortsTable extends StandardColumns {
  network_id: string;
  name: string;
  admin_state_up: number;
  mac_address: string;
  status: string;
  device_id: string;
  device_owner: string;
  host_id: string;
  vnic_type: string;
  /** JSON object. */
  binding_profile: string;
  port_security_enabled: number;
  /** JSON list. */
  allowed_address_pairs: string;
  dns_name: string;
  /** The server whose nth port this is; null for a port that no server of ours has. */
  server_id: string | null;
  server_index: number | null;
  /** 1 when the port was made for its server and goes with it. */
  made_for_server: number;
  /** What the user called the card when it was attached; null when nothing. */
  nic_tag: string | null;
}

export interface PortAddressesTable {
  network_id: string;
  /** Canonical text; unique within its network. */
  address: string;
  /** Fixed-width hexadecimal: its order as text is the order of the addresses. */
  address_key: string;
  subnet_id: string;
  port_id: string;
  position: number;
}

export interface SecurityGroupsTable extends StandardColumns {
  name: string;
  stateful: number;
  /** The project whose `default` group this is; unique, and null for all other groups. */
  default_of: string | null;
}

export interface SecurityGroupRulesTable extends StandardColumns {
  security_group_id: string;
  direction: string;
  ethertype: string;
  protocol: string | null;
  port_range_min: number | null;
  port_range_max: number | null;
  remote_group_id: string | null;
  remote_ip_prefix: string | null;
  normalized_cidr: string | null;
  /** What the rule lets through, as text; unique within its group. */
  meaning: string;
}

export interface PortSecurityGroupsTable {
  port_id: string;
  security_group_id: string;
  position: number;
}

export interface RoutersTable extends StandardColumns {
  name: string;
  admin_state_up: number;
  status: string;
  external_network_id: string | null;
  enable_snat: number;
}

export interface FloatingIpsTable extends StandardColumns {
  /** The external network that the address is of. */
  network_id: string;
  address: string;
  /** The port that the address is lent to, and which of its addresses; null for none. */
  fixed_port_id: string | null;
  fixed_address: string | null;
  /** Where the translation happens. */
  router_id: string | null;
  status: string;
}

/** What the first start has made already, so that what users deleted stays deleted. */
export interface NetworkSeedsTable {
  name: string;
}

/** Tables of the network service; made by the migration of the same name. */
/** Limits that an administrator set; -1 is any number. */
export interface NetworkQuotasTable {
  project_id: string;
  resource: string;
  hard_limit: number;
}

export interface NetworkTables {
  network_quotas: NetworkQuotasTable;
  networks: NetworksTable;
  subnets: SubnetsTable;
  ports: PortsTable;
  port_addresses: PortAddressesTable;
  security_groups: SecurityGroupsTable;
  security_group_rules: SecurityGroupRulesTable;
  port_security_groups: PortSecurityGroupsTable;
  routers: RoutersTable;
  floating_ips: FloatingIpsTable;
  network_seeds: NetworkSeedsTable;
}
