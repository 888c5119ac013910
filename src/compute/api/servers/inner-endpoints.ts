import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { showDiagnostics } from './diagnostics/show-diagnostics.ts';
import { abortMigration, forceComplete } from './migrations/change-migration.ts';
import { listServerMigrations, showServerMigration } from './migrations/read-migrations.ts';
import { shareEndpoints } from './shares/shares.ts';
import { showTopology } from './topology/show-topology.ts';

/** What is read of a server beside the server itself. */
export const serverInnerEndpoints: readonly Endpoint<ComputeService>[] = [
  ...showDiagnostics,
  showTopology,
  listServerMigrations,
  showServerMigration,
  ...abortMigration,
  forceComplete,
  ...shareEndpoints,
];
