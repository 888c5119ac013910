import type { Generated } from 'kysely';

/** Tables of servers and what belongs to them; made by the migration of the same name. */
export interface ComputeTables {
  servers: ServersTable;
  instance_actions: InstanceActionsTable;
  hosts: HostsTable;
  host_credentials: HostCredentialsTable;
}

export interface ServersTable {
  id: string;
  /** Counts up over all servers: `instance-00000001`. */
  number: number;
  project_id: string;
  user_id: string;
  name: string;
  description: string | null;
  hostname: string;
  vm_state: string;
  task_state: string | null;
  power_state: number;
  /** The flavor as it was at creation, as JSON: a flavor deleted later changes no server. */
  flavor: string;
  flavor_id: string;
  vcpus: number;
  memory_mib: number;
  disk_gib: number;
  image_id: string;
  image_properties: string;
  key_name: string | null;
  /** The public key itself: deleting the key pair changes no server. */
  key_public: string | null;
  user_data: string | null;
  metadata: string;
  config_drive: number;
  /** As asked for at creation; null when the placement was free to choose. */
  pinned_zone: string | null;
  availability_zone: string | null;
  host: string | null;
  access_ipv4: string;
  access_ipv6: string;
  disk_config: string;
  reservation_id: string;
  launch_index: number;
  locked: number;
  /** `owner` or `admin`: who may unlock it. */
  locked_by: string | null;
  locked_reason: string | null;
  fault: string | null;
  /** As JSON, the disks besides the root disk; null when there are none. */
  local_disks: Generated<string | null>;
  /** As JSON, each hint a list; null when there were none. */
  scheduler_hints: Generated<string | null>;
  trusted_certificates: Generated<string | null>;
  created_ms: number;
  updated_ms: number;
  launched_ms: number | null;
  terminated_ms: number | null;
  /** The image that a shelved server comes back from, and since when it is shelved. */
  shelved_image_id: Generated<string | null>;
  shelved_ms: Generated<number | null>;
  /** As JSON, what it was last rescued with. */
  rescue: Generated<string | null>;
  /** When it was put aside to be deleted later. */
  soft_deleted_ms: Generated<number | null>;
  deleted_ms: number | null;
}

export interface InstanceActionsTable {
  id: string;
  server_id: string;
  project_id: string;
  user_id: string;
  request_id: string;
  action: string;
  message: string | null;
  started_ms: number;
  finished_ms: number | null;
  /** When it or one of its events began or ended. */
  updated_ms: number | null;
}

/** Hosts report what they have; what is taken is summed from live servers, never stored. */
/** By which the control plane and a host know each other. */
export interface HostCredentialsTable {
  host: string;
  /** Closed with the seal. */
  sealed: string;
}

export interface HostsTable {
  name: string;
  availability_zone: string;
  hypervisor: string;
  vcpus: number;
  memory_mib: number;
  disk_gib: number;
  enabled: number;
  seen_ms: number;
  architecture: Generated<string>;
  /** How far each resource is promised beyond what is there, where no aggregate says otherwise. */
  vcpus_ratio: Generated<number>;
  memory_ratio: Generated<number>;
  disk_ratio: Generated<number>;
  /** 0: no process has an agent on this host, so that nothing can be done there. */
  served: Generated<number>;
  /** What administrators know it by, both as hypervisor and as service; 0 until registered. */
  number: Generated<number>;
  /** As hypervisor, since 2.53; empty until registered. */
  uuid: Generated<string>;
  service_uuid: Generated<string>;
  /** Why an administrator took it out of use. */
  disabled_reason: Generated<string | null>;
  /** 1: an administrator knows that it is gone, whatever else is told. */
  forced_down: Generated<number>;
  /** Where other hosts reach it. */
  address: Generated<string>;
  /** `7002022` for 7.2.22. */
  hypervisor_version: Generated<number>;
  /** As JSON: model, vendor, features and topology of its processors. */
  cpu_info: Generated<string>;
}
