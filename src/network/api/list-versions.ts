import { Type } from 'typebox';
import { closed, text, wholeAnswer } from './answers.ts';
import { endpoint } from './endpoint.ts';

const link = Type.Object({ rel: text, href: text }, closed);
const version = Type.Object({ id: text, status: text, links: Type.Array(link) }, closed);

export const listVersionsEndpoint = endpoint({
  method: 'GET',
  path: '/',
  summary: 'Lists the versions of the network API.',
  requires: [],
  public: true,
  status: 200,
  response: wholeAnswer('versions', Type.Array(version)),
  handle: async (_service, { origin }) => ({
    versions: [
      {
        id: 'v2.0',
        status: 'CURRENT',
        links: [{ rel: 'self', href: `${origin}/network/v2.0/` }],
      },
    ],
  }),
});
