import type { Migration } from '../migrate.ts';
import { operationsMigration } from './0001-operations.ts';
import { identityMigration } from './0002-identity.ts';
import { imageMigration } from './0003-image.ts';
import { networkMigration } from './0004-network.ts';
import { computeMigration } from './0005-compute.ts';
import { computeCatalogMigration } from './0006-compute-catalog.ts';

/** In the order in which they run. */
export const migrations: readonly Migration[] = [
  operationsMigration,
  identityMigration,
  imageMigration,
  networkMigration,
  computeMigration,
  computeCatalogMigration,
];
