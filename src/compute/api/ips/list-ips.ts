import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { plainAddressesOf, viewOf } from '#compute/api/servers/server-view.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { plainAddressesSchema } from '#compute/api/servers/wire-schemas.ts';
import { computeErrors } from '#compute/errors.ts';

const named = Type.Object({ addresses: plainAddressesSchema }, { additionalProperties: false });

export const listIps = endpoint({
  method: 'GET',
  path: '/servers/{server_id}/ips',
  summary: "Lists a server's addresses by network.",
  requires: ['ecs:servers:get'],
  query: noQuery,
  target: serverTarget,
  status: 200,
  isKept: true,
  response: named,
  handle: async (service, _call, server) => ({
    addresses: plainAddressesOf(await viewOf(service, server)),
  }),
});

export const showIps = endpoint({
  method: 'GET',
  path: '/servers/{server_id}/ips/{network_label}',
  summary: "Lists a server's addresses on one network.",
  requires: ['ecs:servers:get'],
  query: noQuery,
  target: serverTarget,
  status: 200,
  isKept: true,
  response: Type.Union([plainAddressesSchema, named]),
  errors: [computeErrors.networkNotFound],
  handle: async (service, call, server) => {
    const label = call.params.network_label;
    const addresses = plainAddressesOf(await viewOf(service, server));
    if (!Object.hasOwn(addresses, label)) throw computeErrors.networkNotFound();
    const ofNetwork = { [label]: addresses[label] };
    // The 2017 reference (9.2) answers in the form of the list, Nova without its name.
    return call.surface === 'compute-v2' ? { addresses: ofNetwork } : ofNetwork;
  },
});
