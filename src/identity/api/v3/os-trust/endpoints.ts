import { createTrustEndpoint } from './trusts/create-trust.ts';
import { deleteTrustEndpoint } from './trusts/delete-trust.ts';
import { listTrustsEndpoint } from './trusts/list-trusts.ts';
import { listTrustRoles } from './trusts/roles/list-trust-roles.ts';
import { showTrustRole } from './trusts/roles/show-trust-role.ts';
import { showTrust } from './trusts/show-trust.ts';

export const trustEndpoints = [
  createTrustEndpoint,
  deleteTrustEndpoint,
  listTrustsEndpoint,
  listTrustRoles,
  showTrustRole,
  showTrust,
];
