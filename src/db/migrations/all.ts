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
import { deferredDeletionMigration } from './0021-deferred-deletion.ts';
import { auditMigration } from './0022-audit.ts';
import { localDisksMigration } from './0023-local-disks.ts';
import { networkQuotasMigration } from './0024-network-quotas.ts';
import { serverTextsMigration } from './0025-server-texts.ts';
import { serverMovesMigration } from './0026-server-moves.ts';
import { consoleAuditIdsMigration } from './0027-console-audit-ids.ts';
import { hostCredentialsMigration } from './0028-host-credentials.ts';
import { shelvingMigration } from './0029-shelving.ts';
import { addressIndexMigration } from './0030-address-index.ts';
import { evacuatedGuestsMigration } from './0031-evacuated-guests.ts';
import { rescueMigration } from './0032-rescue.ts';
import { loadsInPartsMigration } from './0033-loads-in-parts.ts';
import { serverFlagsMigration } from './0034-server-flags.ts';
import { systemScopeMigration } from './0035-system-scope.ts';
import { ipv6TextsMigration } from './0036-ipv6-texts.ts';

import { policiesMigration } from './0037-policies.ts';
import { accessKeysMigration } from './0038-access-keys.ts';
import { valuesOfAllMigration } from './0039-values-of-all.ts';
import { userSecurityMigration } from './0040-user-security.ts';
import { catalogMigration } from './0041-catalog.ts';
import { userSecretsMigration } from './0042-user-secrets.ts';
import { federationMigration } from './0044-federation.ts';
import { applicationCredentialsMigration } from './0045-application-credentials.ts';
import { trustsMigration } from './0046-trusts.ts';
import { ec2TokensMigration } from './0047-ec2-tokens.ts';
import { enterpriseAssignmentsMigration } from './0048-enterprise-assignments.ts';
import { endpointFiltersMigration } from './0049-endpoint-filters.ts';
import { domainConfigsMigration } from './0050-domain-configs.ts';
import { federatedMembershipsMigration } from './0051-federated-memberships.ts';
import { authorizationTtlMigration } from './0052-authorization-ttl.ts';
import { usedSignaturesMigration } from './0054-used-signatures.ts';
import { guestsLeftBehindMigration } from './0055-guests-left-behind.ts';
import { refusedCallsMigration } from './0056-refused-calls.ts';

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
  deferredDeletionMigration,
  auditMigration,
  localDisksMigration,
  networkQuotasMigration,
  serverTextsMigration,
  serverMovesMigration,
  consoleAuditIdsMigration,
  hostCredentialsMigration,
  shelvingMigration,
  addressIndexMigration,
  evacuatedGuestsMigration,
  rescueMigration,
  loadsInPartsMigration,
  serverFlagsMigration,
  systemScopeMigration,
  ipv6TextsMigration,
  policiesMigration,
  accessKeysMigration,
  valuesOfAllMigration,
  userSecurityMigration,
  catalogMigration,
  userSecretsMigration,
  federationMigration,
  applicationCredentialsMigration,
  trustsMigration,
  ec2TokensMigration,
  enterpriseAssignmentsMigration,
  endpointFiltersMigration,
  domainConfigsMigration,
  federatedMembershipsMigration,
  authorizationTtlMigration,
  usedSignaturesMigration,
  guestsLeftBehindMigration,
  refusedCallsMigration,
];
