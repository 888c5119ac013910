import { Type } from 'typebox';
import { wholeAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { extensionSchema, extensions, renderExtension } from './extensions.ts';

export const listExtensionsEndpoint = endpoint({
  method: 'GET',
  path: '/extensions',
  summary: 'Lists the extensions of the API that are served.',
  requires: [],
  status: 200,
  response: wholeAnswer('extensions', Type.Array(extensionSchema)),
  handle: async () => ({ extensions: extensions.map(renderExtension) }),
});
