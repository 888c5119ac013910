import { Type } from 'typebox';
import { endpoint } from '../../endpoint.ts';

/** GET /v2/info/import: none yet; clients that find none upload directly. */
export const showImport = endpoint({
  method: 'GET',
  path: '/info/import',
  summary: 'Lists the ways to import images',
  requires: [],
  status: 200,
  response: Type.Object({ 'import-methods': Type.Unknown() }),
  handle: async () => ({
    'import-methods': {
      description: 'Import methods available.',
      type: 'array',
      value: [],
    },
  }),
});
