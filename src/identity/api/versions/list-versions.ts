import { Type } from 'typebox';
import { oneAnswer } from '../answers.ts';
import { endpoint } from '../endpoint.ts';
import { versionBody, versionSchema } from './wire.ts';

/** 300, because the client is asked to choose; there is one choice. */
export const listVersions = endpoint({
  method: 'GET',
  path: '/',
  summary: 'List the versions of the identity API.',
  requires: [],
  public: true,
  status: 300,
  response: oneAnswer('versions', oneAnswer('values', Type.Array(versionSchema))),
  handle: async (_service, call) => ({
    versions: { values: [versionBody(`${call.root}/v3`)] },
  }),
});
