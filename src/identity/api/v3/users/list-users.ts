import { Type } from 'typebox';
import { identityErrors } from '../../../errors.ts';
import { listUsers } from '../../../users/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import {
  isTrue,
  listBody,
  nameParameters,
  namesAsked,
  pageParameters,
  pageRequest,
} from '../lists.ts';
import { listedDomain } from '../visibility.ts';
import { expiryFilter } from './expiry-filter.ts';
import { userBody, userSchema } from './wire.ts';

function federatedFilter(query: { idp_id?: string; protocol_id?: string; unique_id?: string }) {
  const { idp_id: idpId, protocol_id: protocolId, unique_id: uniqueId } = query;
  const isAsked = [idpId, protocolId, uniqueId].some((one) => one !== undefined);
  return isAsked ? { idpId, protocolId, uniqueId } : undefined;
}

export const listUsersEndpoint = endpoint({
  method: 'GET',
  path: '/users',
  summary: 'List users.',
  requires: ['identity:users:list'],
  query: Type.Object({
    ...nameParameters,
    domain_id: Type.Optional(Type.String()),
    enabled: Type.Optional(Type.String()),
    password_expires_at: Type.Optional(Type.String()),
    idp_id: Type.Optional(Type.String()),
    protocol_id: Type.Optional(Type.String()),
    unique_id: Type.Optional(Type.String()),
    ...pageParameters,
  }),
  status: 200,
  response: listAnswer('users', userSchema),
  errors: [identityErrors.invalid],
  handle: async (service, call) => {
    const domainId = listedDomain(call.actor, call.query.domain_id);
    const passwordExpires = expiryFilter(call.query.password_expires_at);
    const isEnabled = isTrue(call.query.enabled);
    const federated = federatedFilter(call.query);
    const known = { domainId, isEnabled, passwordExpires, federated };
    const filters = { ...namesAsked(call.query), ...known };
    const page = await listUsers(service, filters, pageRequest(call.query));
    return listBody(call, '/users', 'users', page, userBody);
  },
});
