import { Type } from 'typebox';
import { identityErrors } from '../../../../errors.ts';
import { listUsers } from '../../../../users/list.ts';
import { listAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { isTrue, listBody, pageParameters, pageRequest } from '../../lists.ts';
import { expiryFilter } from '../../users/expiry-filter.ts';
import { userBody, userSchema } from '../../users/wire.ts';
import { anyGroup } from '../target.ts';

export const listMembers = endpoint({
  method: 'GET',
  path: '/groups/{group_id}/users',
  summary: 'List the users in a group.',
  requires: ['identity:groups:get', 'identity:users:list'],
  query: Type.Object({
    name: Type.Optional(Type.String()),
    enabled: Type.Optional(Type.String()),
    password_expires_at: Type.Optional(Type.String()),
    ...pageParameters,
  }),
  status: 200,
  response: listAnswer('users', userSchema),
  errors: [identityErrors.groupNotFound, identityErrors.invalid],
  target: anyGroup,
  handle: async (service, call, group) => {
    const { name, enabled } = call.query;
    const passwordExpires = expiryFilter(call.query.password_expires_at);
    const filters = { groupId: group.id, name, isEnabled: isTrue(enabled), passwordExpires };
    const page = await listUsers(service, filters, pageRequest(call.query));
    return listBody(call, `/groups/${group.id}/users`, 'users', page, userBody);
  },
});
