import { Type } from 'typebox';
import { Wire } from '#endpoints/wire.ts';
import type { ServerPort } from '#network/service.ts';

const text = Type.String();
const closed = { additionalProperties: false };

/** A port as one of a server's network cards. */
export const interfaceWire = new Wire<ServerPort, null>([
  { name: 'net_id', schema: text, value: (port) => port.networkId },
  { name: 'port_id', schema: text, value: (port) => port.id },
  { name: 'mac_addr', schema: text, value: (port) => port.macAddress },
  { name: 'port_state', schema: text, value: (port) => port.status },
  {
    name: 'fixed_ips',
    schema: Type.Array(Type.Object({ subnet_id: text, ip_address: text }, closed)),
    value: (port) =>
      port.fixedIps.map((ip) => ({ subnet_id: ip.subnetId, ip_address: ip.address })),
  },
  {
    name: 'tag',
    since: '2.70',
    schema: Type.Union([text, Type.Null()]),
    value: (port) => port.nicTag,
  },
]);

export const interfaceAnswer = Type.Object({ interfaceAttachment: interfaceWire.schema }, closed);

export const interfacesAnswer = Type.Object(
  { interfaceAttachments: Type.Array(interfaceWire.schema) },
  closed,
);
