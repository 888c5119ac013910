import { Type } from 'typebox';
import { closed, text, wholeAnswer } from '../answers.ts';
import { endpoint } from '../endpoint.ts';

const collections = {
  network: 'networks',
  subnet: 'subnets',
  port: 'ports',
  router: 'routers',
  'security-group': 'security-groups',
  'security-group-rule': 'security-group-rules',
  extension: 'extensions',
  quota: 'quotas',
  availability_zone: 'availability_zones',
};

const link = Type.Object({ rel: text, href: text }, closed);
const resource = Type.Object({ name: text, collection: text, links: Type.Array(link) }, closed);

export const showVersionEndpoint = endpoint({
  method: 'GET',
  path: '/',
  summary: 'Lists the resources of this version.',
  requires: [],
  public: true,
  status: 200,
  response: wholeAnswer('resources', Type.Array(resource)),
  handle: async (_service, { root }) => ({
    resources: Object.entries(collections).map(([name, collection]) => ({
      name,
      collection,
      links: [{ rel: 'self', href: `${root}/${collection}` }],
    })),
  }),
});
