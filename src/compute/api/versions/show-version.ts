import { endpoint } from '#compute/api/endpoint.ts';
import { v2, v21, versionDocument } from './documents.ts';

export const showVersion2 = endpoint({
  method: 'GET',
  path: '/v2',
  summary: 'Describes version 2 of the compute API.',
  requires: [],
  public: true,
  status: 200,
  handle: async (_service, call) => versionDocument(v2, call.origin),
});

export const showVersion21 = endpoint({
  method: 'GET',
  path: '/v2.1',
  summary: 'Describes version 2.1 of the compute API.',
  requires: [],
  public: true,
  status: 200,
  handle: async (_service, call) => versionDocument(v21, call.origin),
});
