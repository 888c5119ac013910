import { networkErrors } from '../../../errors.ts';
import { createPort } from '../../../ports/create.ts';
import { endpoint } from '../../endpoint.ts';
import { ownerOf } from '../../values.ts';
import { CreatePortBody, readNewPort } from './body.ts';
import { renderPort } from './wire.ts';

export const createPortEndpoint = endpoint({
  method: 'POST',
  path: '/ports',
  summary: 'Makes a port.',
  requires: ['vpc:ports:create'],
  body: CreatePortBody,
  status: 201,
  errors: [networkErrors.addressInUse],
  handle: async ({ context }, call) => {
    const body = call.body.port;
    const wanted = { ...readNewPort(body), projectId: ownerOf(body) };
    const port = await createPort(context, call.actor, wanted);
    return { port: renderPort(port, call.actor) };
  },
});
