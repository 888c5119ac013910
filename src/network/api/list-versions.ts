import { endpoint } from './endpoint.ts';

export const listVersionsEndpoint = endpoint({
  method: 'GET',
  path: '/',
  summary: 'Lists the versions of the network API.',
  requires: [],
  public: true,
  status: 200,
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
