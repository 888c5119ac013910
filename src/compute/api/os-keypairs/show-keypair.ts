import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { keypairErrors } from '#compute/keypairs/errors.ts';
import { ownerQuery } from './query.ts';
import { keypairTarget } from './target.ts';
import { keypairWire } from './wire.ts';

export const showKeypair = endpoint({
  method: 'GET',
  path: '/os-keypairs/{keypair_name}',
  summary: 'Shows a key pair.',
  requires: ['ecs:serverKeypairs:get'],
  query: ownerQuery,
  target: keypairTarget,
  status: 200,
  response: Type.Object({ keypair: keypairWire.schema }, { additionalProperties: false }),
  errors: [keypairErrors.notFound],
  handle: async (_service, call, keypair) => ({
    keypair: keypairWire.render(keypair, call.version),
  }),
});
