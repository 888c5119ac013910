import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { extensionSchema, extensionsOf, extensionUnknown, extensionWire } from './extensions.ts';

export const showExtension = endpoint({
  method: 'GET',
  path: '/extensions/{alias}',
  summary: 'Shows a part of the API by its old name.',
  requires: ['ecs:extensions:get'],
  query: noQuery,
  status: 200,
  response: Type.Object({ extension: extensionSchema }, { additionalProperties: false }),
  errors: [extensionUnknown],
  handle: async (_service, call) => {
    const { alias } = call.params;
    const extension = extensionsOf(call.surface).find((known) => known.alias === alias);
    if (!extension) throw extensionUnknown({ alias });
    return { extension: extensionWire(extension) };
  },
});
