import { defineError } from '#base/errors.ts';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { v2, v21, versionAnswer, versionDocument } from './documents.ts';

export const showVersion2 = endpoint({
  method: 'GET',
  path: '/v2',
  summary: 'Describes version 2 of the compute API.',
  requires: [],
  public: true,
  status: 200,
  response: versionAnswer,
  handle: async (_service, call) => versionDocument(v2, call.origin),
});

export const showVersion21 = endpoint({
  method: 'GET',
  path: '/v2.1',
  summary: 'Describes version 2.1 of the compute API.',
  requires: [],
  public: true,
  status: 200,
  response: versionAnswer,
  handle: async (_service, call) => versionDocument(v21, call.origin),
});

export const versionUnknown = defineError({
  code: 'VersionNotFound',
  kind: 'not-found',
  message: () => 'The resource could not be found.',
});

/** The same documents once more, by their ids, for whoever is past the root. */
export const showVersionById = endpoint({
  method: 'GET',
  path: '/versions/{version_id}',
  summary: 'Describes a major version of the compute API.',
  requires: [],
  query: noQuery,
  status: 200,
  response: versionAnswer,
  errors: [versionUnknown],
  handle: async (_service, call) => {
    const version = [v2, v21].find(({ id }) => id === call.params.version_id);
    if (!version) throw versionUnknown();
    return versionDocument(version, call.origin);
  },
});
