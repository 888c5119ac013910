import { Type } from 'typebox';
import { identityErrors } from '../../../errors.ts';
import { listGroups } from '../../../groups/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { groupBody, groupSchema } from '../groups/wire.ts';
import { listBody, pageParameters, pageRequest } from '../lists.ts';
import { oneselfOr } from './target.ts';

export const listUserGroups = endpoint({
  method: 'GET',
  path: '/users/{user_id}/groups',
  summary: 'List the groups that a user is in.',
  requires: [],
  query: Type.Object({ name: Type.Optional(Type.String()), ...pageParameters }),
  status: 200,
  response: listAnswer('groups', groupSchema),
  errors: [identityErrors.userNotFound],
  target: oneselfOr('identity:groups:list'),
  handle: async (service, call, user) => {
    const filters = { userId: user.id, name: call.query.name };
    const page = await listGroups(service, filters, pageRequest(call.query));
    return listBody(call, `/users/${user.id}/groups`, 'groups', page, groupBody);
  },
});
