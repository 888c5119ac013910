import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { extensionSchema, extensionsOf, extensionWire } from './extensions.ts';

export const listExtensions = endpoint({
  method: 'GET',
  path: '/extensions',
  summary: 'Lists the parts of the API by their old names.',
  requires: ['ecs:extensions:list'],
  query: noQuery,
  status: 200,
  response: Type.Object(
    { extensions: Type.Array(extensionSchema) },
    { additionalProperties: false },
  ),
  handle: async (_service, call) => ({
    extensions: extensionsOf(call.surface).map(extensionWire),
  }),
});
