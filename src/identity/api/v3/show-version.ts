import { endpoint } from '../endpoint.ts';
import { versionBody } from '../versions/wire.ts';

export const showVersion = endpoint({
  method: 'GET',
  path: '/',
  summary: 'Show the version of the identity API.',
  requires: [],
  public: true,
  status: 200,
  handle: async (_service, call) => ({ version: versionBody(call.root) }),
});
