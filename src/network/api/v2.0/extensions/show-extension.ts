import { networkErrors } from '../../../errors.ts';
import { wholeAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { extensionSchema, extensions, renderExtension } from './extensions.ts';

export const showExtensionEndpoint = endpoint({
  method: 'GET',
  path: '/extensions/{alias}',
  summary: 'Shows an extension of the API.',
  requires: [],
  status: 200,
  response: wholeAnswer('extension', extensionSchema),
  errors: [networkErrors.extensionNotFound],
  target: {
    find: async (_service, { params }) => extensions.find((one) => one.alias === params.alias),
    visible: () => true,
    absent: ({ params }) => networkErrors.extensionNotFound({ id: params.alias }),
  },
  handle: async (_service, _call, extension) => ({ extension: renderExtension(extension) }),
});
