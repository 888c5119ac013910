import { type Static, Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { computeErrors } from '#compute/errors.ts';
import { attachInterface as attach, planInterface as planOf } from '#compute/interfaces/attach.ts';
import { cardErrors } from '#compute/interfaces/errors.ts';
import type { AttachmentRequest } from '#network/service.ts';
import { interfaceAnswer, interfaceWire } from './wire.ts';

const closed = { additionalProperties: false };
const uuid = Type.String({
  pattern: '^[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}$',
  maxLength: 36,
});
const uuidOrNull = Type.Union([uuid, Type.Null()]);
const address = Type.Union([
  Type.String({ format: 'ipv4', maxLength: 64 }),
  Type.String({ format: 'ipv6', maxLength: 64 }),
]);
const tag = Type.String({ minLength: 1, maxLength: 60, pattern: '^[^,/\\u0000]*$' });

const body = Type.Object(
  {
    interfaceAttachment: Type.Object(
      {
        net_id: Type.Optional(uuidOrNull),
        port_id: Type.Optional(uuidOrNull),
        fixed_ips: Type.Optional(
          Type.Array(Type.Object({ ip_address: address }, closed), { minItems: 1, maxItems: 50 }),
        ),
        tag: Type.Optional(Type.Unsafe<string>({ ...tag, since: '2.49' })),
      },
      closed,
    ),
  },
  closed,
);

export const attachInterface = endpoint({
  method: 'POST',
  path: '/servers/{server_id}/os-interface',
  summary: 'Gives a server one more network card, also while it runs.',
  requires: ['ecs:serverInterfaces:use'],
  query: noQuery,
  target: serverTarget,
  names: {
    types: ['network', 'port', 'securityGroup'],
    find: async (service, call, server) => {
      const asked = readRequest(call.body, call.surface === 'compute-v2');
      const plan = await planOf(service, call.actor, server, asked);
      return service.networks.thingsNamed(call.actor, {
        network: [plan.networkId],
        port: [plan.portId],
        securityGroup: plan.portId === null ? plan.securityGroupIds : [],
      });
    },
  },
  body,
  status: 200,
  response: interfaceAnswer,
  errors: [
    computeErrors.invalidState,
    computeErrors.locked,
    cardErrors.netAndPort,
    cardErrors.addressNeedsNetwork,
  ],
  handle: async (service, call, server) => {
    // The 2017 reference looks at the first address only; Nova takes no more than one.
    const request = readRequest(call.body, call.surface === 'compute-v2');
    const port = await attach(service, call, server, request);
    return { interfaceAttachment: interfaceWire.render(port, call.version, null) };
  },
});

function readRequest(
  { interfaceAttachment: asked }: Static<typeof body>,
  ignoresMore: boolean,
): AttachmentRequest {
  const [fixed, ...more] = asked.fixed_ips ?? [];
  if (more.length > 0 && !ignoresMore) throw cardErrors.oneAddress();
  const networkId = asked.net_id ?? undefined;
  const portId = asked.port_id ?? undefined;
  if (networkId !== undefined && portId !== undefined) throw cardErrors.netAndPort();
  if (fixed && networkId === undefined) throw cardErrors.addressNeedsNetwork();
  return { networkId, portId, fixedIp: fixed?.ip_address, tag: asked.tag };
}
