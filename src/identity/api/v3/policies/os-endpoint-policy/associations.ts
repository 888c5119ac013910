import { catalogErrors } from '../../../../catalog/errors.ts';
import {
  associatePolicy,
  checkAssociation,
  dissociatePolicy,
} from '../../../../endpoint-policy/associate.ts';
import { identityErrors } from '../../../../errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { oneAssociation } from './target.ts';

const root = '/policies/{policy_id}/OS-ENDPOINT-POLICY';

/** An endpoint, a service, and a service in a region; the same three calls for each. */
const places = [
  { path: `${root}/endpoints/{endpoint_id}`, absent: [identityErrors.endpointNotFound] },
  { path: `${root}/services/{service_id}`, absent: [identityErrors.serviceNotFound] },
  {
    path: `${root}/services/{service_id}/regions/{region_id}`,
    absent: [identityErrors.serviceNotFound, identityErrors.regionNotFound],
  },
] as const;

export const policyAssociationEndpoints = places.flatMap(({ path, absent }) => {
  const shared = { path, status: 204, target: oneAssociation };
  const errors = [identityErrors.policyNotFound, ...absent];
  return [
    endpoint({
      ...shared,
      method: 'PUT',
      summary: 'Say whose policy text this is, in place of any other.',
      requires: ['identity:policyAssociations:create'],
      errors,
      handle: (service, _call, association) => associatePolicy(service, association),
    }),
    endpoint({
      ...shared,
      method: 'GET',
      summary: 'Check whether this policy text is of that place.',
      requires: ['identity:policyAssociations:get'],
      errors: [...errors, catalogErrors.policyAssociationNotFound],
      handle: (service, _call, association) => checkAssociation(service, association),
    }),
    endpoint({
      ...shared,
      method: 'DELETE',
      summary: 'Say that this policy text is not of that place any more.',
      requires: ['identity:policyAssociations:delete'],
      errors,
      handle: (service, _call, association) => dissociatePolicy(service, association),
    }),
  ];
});
