import { endpoint } from '#compute/api/endpoint.ts';
import { v2, v21, versionSummary, versionsAnswer } from './documents.ts';

export const listVersions = endpoint({
  method: 'GET',
  path: '/',
  summary: 'Lists the major versions of the compute API.',
  requires: [],
  public: true,
  status: 200,
  response: versionsAnswer,
  handle: async (_service, call) => ({
    versions: [v2, v21].map((version) => versionSummary(version, call.origin)),
  }),
});
