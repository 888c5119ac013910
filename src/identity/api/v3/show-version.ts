import { oneAnswer } from '../answers.ts';
import { endpoint } from '../endpoint.ts';
import { versionBody, versionSchema } from '../versions/wire.ts';

export const showVersion = endpoint({
  method: 'GET',
  path: '/',
  summary: 'Show the version of the identity API.',
  requires: [],
  public: true,
  status: 200,
  response: oneAnswer('version', versionSchema),
  handle: async (_service, call) => ({ version: versionBody(call.root) }),
});
