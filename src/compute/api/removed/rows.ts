import type { Method } from '#endpoints/endpoint.ts';

export interface RemovedRow {
  method: Method;
  path: string;
  action?: string;
}

function at(path: string, ...methods: Method[]): RemovedRow[] {
  return methods.map((method) => ({ method, path }));
}

function actionAt(path: string, name: string): RemovedRow {
  return { method: 'POST', path, action: name };
}

/** What went with Nova's own networks; reads that others still answer are not among them. */
const networkRows: readonly RemovedRow[] = [
  ...at('/os-fixed-ips/{fixed_ip}', 'GET'),
  ...['reserve', 'unreserve'].map((name) => actionAt('/os-fixed-ips/{fixed_ip}/action', name)),
  ...at('/os-floating-ip-dns', 'GET'),
  ...at('/os-floating-ip-dns/{domain}', 'PUT', 'DELETE'),
  ...at('/os-floating-ip-dns/{domain}/entries/{name}', 'GET', 'PUT', 'DELETE'),
  ...at('/os-floating-ips-bulk', 'GET', 'POST'),
  ...at('/os-floating-ips-bulk/{host_name}', 'GET', 'PUT'),
  ...at('/os-fping', 'GET'),
  ...at('/os-fping/{server_id}', 'GET'),
  ...at('/os-networks', 'POST'),
  ...at('/os-networks/add', 'POST'),
  ...at('/os-networks/{network_id}', 'DELETE'),
  ...['disassociate', 'disassociate_host', 'disassociate_project', 'associate_host'].map((name) =>
    actionAt('/os-networks/{network_id}/action', name),
  ),
  ...at('/os-tenant-networks', 'POST'),
  ...at('/os-tenant-networks/{network_id}', 'DELETE'),
  ...at('/os-security-group-default-rules', 'GET', 'POST'),
  ...at('/os-security-group-default-rules/{rule_id}', 'GET', 'DELETE'),
  ...at('/servers/{server_id}/os-virtual-interfaces', 'GET'),
];

/** What Nova once had and still routes, in every microversion, only to say that it is gone. */
export const removedRows: readonly RemovedRow[] = [
  ...at('/os-agents', 'GET', 'POST'),
  ...at('/os-agents/{agent_id}', 'PUT', 'DELETE'),
  ...at('/os-cells', 'GET', 'POST'),
  ...at('/os-cells/capacities', 'GET'),
  ...at('/os-cells/detail', 'GET'),
  ...at('/os-cells/info', 'GET'),
  ...at('/os-cells/sync_instances', 'POST'),
  ...at('/os-cells/{cell_id}', 'GET', 'PUT', 'DELETE'),
  ...at('/os-cells/{cell_id}/capacities', 'GET'),
  ...at('/os-certificates', 'POST'),
  ...at('/os-certificates/{certificate_id}', 'GET'),
  ...at('/os-cloudpipe', 'GET', 'POST'),
  ...at('/os-cloudpipe/{cloudpipe_id}', 'PUT'),
  ...at('/servers/{server_id}/consoles', 'GET', 'POST'),
  ...at('/servers/{server_id}/consoles/{console_id}', 'GET', 'DELETE'),
  ...networkRows,
];
