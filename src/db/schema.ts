import type { Generated } from 'kysely';
import type { AccessKeyTables } from './schema/access-keys.ts';
import type { AuditTables } from './schema/audit.ts';
import type { CatalogTables } from './schema/catalog.ts';
import type { ComputeTables } from './schema/compute.ts';
import type { ComputeCatalogTables } from './schema/compute-catalog.ts';
import type { ConsoleTables } from './schema/consoles.ts';
import type { DelegationTables } from './schema/delegations.ts';
import type { FederationTables } from './schema/federation.ts';
import type { IdentityTables } from './schema/identity.ts';
import type { ImageTables } from './schema/image.ts';
import type { NetworkTables } from './schema/network.ts';
import type { OperationTables } from './schema/operations.ts';
import type { PlacementTables } from './schema/placement.ts';
import type { QuotaTables } from './schema/quotas.ts';
import type { ServerDetailTables } from './schema/server-details.ts';
import type { ServerPartTables } from './schema/server-parts.ts';
import type { ServiceTables } from './schema/services.ts';

export type { Generated };

/** Times are milliseconds since 1970, booleans 0 or 1, JSON is text: the same on both databases. */
export type Schema = AccessKeyTables &
  IdentityTables &
  CatalogTables &
  DelegationTables &
  FederationTables &
  ImageTables &
  NetworkTables &
  ComputeTables &
  ComputeCatalogTables &
  ConsoleTables &
  PlacementTables &
  ServerDetailTables &
  QuotaTables &
  ServerPartTables &
  ServiceTables &
  AuditTables &
  OperationTables;
