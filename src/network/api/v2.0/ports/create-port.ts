import type { Static } from 'typebox';
import { networkErrors } from '../../../errors.ts';
import { createPort } from '../../../ports/create.ts';
import { wholeAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { naming } from '../../naming.ts';
import { ownerOf } from '../../values.ts';
import { CreatePortBody, namedByPort, readNewPort } from './body.ts';
import { portSchema, renderPort } from './wire.ts';

export const createPortEndpoint = endpoint({
  method: 'POST',
  path: '/ports',
  summary: 'Makes a port.',
  requires: ['vpc:ports:create'],
  body: CreatePortBody,
  status: 201,
  response: wholeAnswer('port', portSchema),
  errors: [networkErrors.addressInUse],
  names: naming(
    ['network', 'subnet', 'securityGroup'],
    ({ port }: Static<typeof CreatePortBody>) => ({
      network: [port.network_id],
      ...namedByPort(port),
    }),
  ),
  handle: async ({ context }, call) => {
    const body = call.body.port;
    const wanted = { ...readNewPort(body), projectId: ownerOf(body) };
    const port = await createPort(context, call.actor, wanted);
    return { port: renderPort(port, call.actor) };
  },
});
