import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { assistedSnapshotEndpoints } from './os-assisted-volume-snapshots/endpoints.ts';
import { hostEndpoints } from './os-hosts/endpoints.ts';
import { hypervisorEndpoints } from './os-hypervisors/endpoints.ts';
import { usageAuditEndpoints } from './os-instance-usage-audit-log/endpoints.ts';
import { migrationEndpoints } from './os-migrations/endpoints.ts';
import { externalEventEndpoints } from './os-server-external-events/endpoints.ts';
import { serviceEndpoints } from './os-services/endpoints.ts';
import { usageEndpoints } from './os-simple-tenant-usage/endpoints.ts';
import { serverInnerEndpoints } from './servers/inner-endpoints.ts';

/** What is told of hosts, and of servers as those who run the cloud see them. */
export const hostRoomEndpoints: readonly Endpoint<ComputeService>[] = [
  ...serverInnerEndpoints,
  ...hypervisorEndpoints,
  ...serviceEndpoints,
  ...hostEndpoints,
  ...migrationEndpoints,
  ...usageEndpoints,
  ...usageAuditEndpoints,
  ...externalEventEndpoints,
  ...assistedSnapshotEndpoints,
];
