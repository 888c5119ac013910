import { endpoint } from '../../endpoint.ts';
import { extensions, renderExtension } from './extensions.ts';

export const listExtensionsEndpoint = endpoint({
  method: 'GET',
  path: '/extensions',
  summary: 'Lists the extensions of the API that are served.',
  requires: [],
  status: 200,
  handle: async () => ({ extensions: extensions.map(renderExtension) }),
});
