import { endpoint } from '#compute/api/endpoint.ts';
import { addressesOf, type ServerView, viewOf } from '#compute/api/servers/server-view.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { computeErrors } from '#compute/errors.ts';

/** Shorter here than inside a server: only version and address. */
export function plainAddresses(view: ServerView): Record<string, object[]> {
  const networks = Object.entries(addressesOf(view)) as [string, { version: 4; addr: string }[]][];
  return Object.fromEntries(
    networks.map(([name, list]) => [name, list.map(({ version, addr }) => ({ version, addr }))]),
  );
}

export const listIps = endpoint({
  method: 'GET',
  path: '/servers/{server_id}/ips',
  summary: "Lists a server's addresses by network.",
  requires: ['ecs:servers:get'],
  target: serverTarget,
  status: 200,
  handle: async (service, _call, server) => ({
    addresses: plainAddresses(await viewOf(service, server)),
  }),
});

export const showIps = endpoint({
  method: 'GET',
  path: '/servers/{server_id}/ips/{network_label}',
  summary: "Lists a server's addresses on one network.",
  requires: ['ecs:servers:get'],
  target: serverTarget,
  status: 200,
  errors: [computeErrors.networkNotFound],
  handle: async (service, call, server) => {
    const label = call.params.network_label;
    const addresses = plainAddresses(await viewOf(service, server));
    if (!Object.hasOwn(addresses, label)) throw computeErrors.networkNotFound();
    return { [label]: addresses[label] };
  },
});
