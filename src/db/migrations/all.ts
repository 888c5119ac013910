import type { Migration } from '../migrate.ts';
import { operationsMigration } from './0001-operations.ts';
import { identityMigration } from './0002-identity.ts';
import { imageMigration } from './0003-image.ts';
import { networkMigration } from './0004-network.ts';
import { computeMigration } from './0005-compute.ts';
import { computeCatalogMigration } from './0006-compute-catalog.ts';
import { serverDetailsMigration } from './0007-server-details.ts';
import { serverTagsMigration } from './0008-server-tags.ts';
import { serverGroupsMigration } from './0009-server-groups.ts';
import { aggregatesMigration } from './0010-aggregates.ts';
import { instanceActionEventsMigration } from './0011-instance-action-events.ts';
import { serverPasswordMigration } from './0012-server-password.ts';
import { floatingIpsMigration } from './0013-floating-ips.ts';
import { migrationsMigration } from './0014-migrations.ts';
import { serverIndicesMigration } from './0015-server-indices.ts';
import { consolesAndLocksMigration } from './0016-consoles-and-locks.ts';
import { memberIndicesMigration } from './0018-member-indices.ts';
import { quotaClassesMigration } from './0019-quota-classes.ts';
import { servicesMigration } from './0020-services.ts';

/** In the order in which they run. */
export const migrations: readonly Migration[] = [
  operationsMigration,
  identityMigration,
  imageMigration,
  networkMigration,
  computeMigration,
  computeCatalogMigration,
  serverDetailsMigration,
  serverTagsMigration,
  serverGroupsMigration,
  aggregatesMigration,
  instanceActionEventsMigration,
  serverPasswordMigration,
  floatingIpsMigration,
  migrationsMigration,
  serverIndicesMigration,
  consolesAndLocksMigration,
  memberIndicesMigration,
  quotaClassesMigration,
  servicesMigration,
];
