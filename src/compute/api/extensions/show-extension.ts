import { endpoint } from '#compute/api/endpoint.ts';
import { extensions, extensionUnknown, extensionWire } from './extensions.ts';

export const showExtension = endpoint({
  method: 'GET',
  path: '/extensions/{alias}',
  summary: 'Shows a part of the API by its old name.',
  requires: ['ecs:extensions:get'],
  status: 200,
  errors: [extensionUnknown],
  handle: async (_service, call) => {
    const { alias } = call.params;
    const extension = extensions.find((known) => known.alias === alias);
    if (!extension) throw extensionUnknown({ alias });
    return { extension: extensionWire(extension) };
  },
});
