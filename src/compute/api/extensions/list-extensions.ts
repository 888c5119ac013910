import { endpoint } from '#compute/api/endpoint.ts';
import { extensions, extensionWire } from './extensions.ts';

export const listExtensions = endpoint({
  method: 'GET',
  path: '/extensions',
  summary: 'Lists the parts of the API by their old names.',
  requires: ['ecs:extensions:list'],
  status: 200,
  handle: async () => ({ extensions: extensions.map(extensionWire) }),
});
