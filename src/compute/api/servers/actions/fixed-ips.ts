import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { cardErrors } from '#compute/interfaces/errors.ts';
import { permitChange } from '#compute/interfaces/permit.ts';
import { serverTarget } from '../target.ts';

const closed = { additionalProperties: false };

const shared = {
  method: 'POST',
  path: '/servers/{server_id}/action',
  until: '2.43',
  requires: ['ecs:serverInterfaces:use'],
  target: serverTarget,
  status: 202,
} as const;

const networkId = Type.Union([
  Type.String({ minLength: 1, maxLength: 36, pattern: '^[^\\u0000]*$' }),
  Type.Integer(),
]);

export const addFixedIp = endpoint({
  ...shared,
  action: 'addFixedIp',
  summary: 'Gives the port of a server on a network one more address; effective at once.',
  body: Type.Object({ addFixedIp: Type.Object({ networkId }, closed) }, closed),
  errors: [computeErrors.invalidState, computeErrors.locked, cardErrors.networkNotOfServer],
  names: {
    types: ['network'],
    find: (service, { actor, body: { addFixedIp: asked } }) =>
      service.networks.thingsNamed(actor, { network: [String(asked.networkId)] }),
  },
  handle: async (service, call, server) => {
    const wanted = String(call.body.addFixedIp.networkId);
    const permit = permitChange(call, server, 'add-fixed-ip');
    const isAdded = await service.networks.proxies.addresses.add(server.id, wanted, permit);
    if (!isAdded) throw cardErrors.networkNotOfServer({ networkId: wanted });
  },
});

const address = Type.Union([
  Type.String({ format: 'ipv4', maxLength: 64 }),
  Type.String({ format: 'ipv6', maxLength: 64 }),
]);

export const removeFixedIp = endpoint({
  ...shared,
  action: 'removeFixedIp',
  summary: 'Takes an address from a server; effective at once.',
  body: Type.Object({ removeFixedIp: Type.Object({ address }, closed) }, closed),
  errors: [computeErrors.invalidState, computeErrors.locked, cardErrors.addressNotOfServer],
  handle: async (service, call, server) => {
    const { address: wanted } = call.body.removeFixedIp;
    const permit = permitChange(call, server, 'remove-fixed-ip');
    const isRemoved = await service.networks.proxies.addresses.remove(server.id, wanted, permit);
    if (!isRemoved) throw cardErrors.addressNotOfServer({ address: wanted });
  },
});
