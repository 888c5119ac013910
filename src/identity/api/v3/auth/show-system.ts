import { Type } from 'typebox';
import { rolesOnSystem } from '../../../assignments/roles-on.ts';
import { closed, links } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';

const whole = Type.Object({ all: Type.Literal(true) }, closed);

export const showAuthSystem = endpoint({
  method: 'GET',
  path: '/auth/system',
  summary: 'Whether the holder of the token may ask a token for the system.',
  requires: [],
  status: 200,
  response: Type.Object({ system: Type.Array(whole), links }, closed),
  handle: async (service, call) => {
    const roles = await rolesOnSystem(service.database.queries, call.actor.userId);
    return {
      system: roles.length === 0 ? [] : [{ all: true }],
      links: { self: `${call.root}/auth/system` },
    };
  },
});
