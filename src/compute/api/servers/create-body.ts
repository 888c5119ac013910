import { type Static, Type } from 'typebox';
import type { NewServers } from '#compute/servers/create.ts';
import {
  accessIp,
  count,
  description,
  diskConfig,
  hostname,
  isTrue,
  looseBoolean,
  metadata,
  serverName,
} from './fields.ts';

const closed = { additionalProperties: false };
const uuid = Type.String({ format: 'uuid' });

const network = Type.Object(
  {
    uuid: Type.Optional(uuid),
    port: Type.Optional(Type.Union([uuid, Type.Null()])),
    fixed_ip: Type.Optional(
      Type.Union([Type.String({ format: 'ipv4' }), Type.String({ format: 'ipv6' })]),
    ),
    tag: Type.Optional(Type.String({ maxLength: 60, since: '2.42' })),
  },
  closed,
);

const networks = Type.Union([
  Type.Array(network),
  Type.Literal('none', { since: '2.37' }),
  Type.Literal('auto', { since: '2.37' }),
]);

const server = Type.Object(
  {
    name: serverName,
    imageRef: Type.String({ minLength: 1, maxLength: 1024 }),
    flavorRef: Type.Union([Type.String({ minLength: 1, maxLength: 1024 }), Type.Integer()]),
    networks: Type.Optional(networks),
    security_groups: Type.Optional(
      Type.Array(Type.Object({ name: Type.String({ minLength: 1, maxLength: 255 }) }, closed)),
    ),
    key_name: Type.Optional(
      Type.Union([Type.String({ minLength: 1, maxLength: 255 }), Type.Null()]),
    ),
    user_data: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    metadata: Type.Optional(metadata),
    config_drive: Type.Optional(Type.Union([looseBoolean, Type.Literal(''), Type.Null()])),
    availability_zone: Type.Optional(
      Type.Union([Type.String({ minLength: 1, maxLength: 255 }), Type.Null()]),
    ),
    min_count: Type.Optional(count),
    max_count: Type.Optional(count),
    return_reservation_id: Type.Optional(looseBoolean),
    adminPass: Type.Optional(Type.String({ maxLength: 255 })),
    accessIPv4: Type.Optional(accessIp('ipv4')),
    accessIPv6: Type.Optional(accessIp('ipv6')),
    'OS-DCF:diskConfig': Type.Optional(diskConfig),
    description: Type.Optional(description),
    hostname: Type.Optional({ ...hostname, since: '2.90' }),
  },
  closed,
);

/** `POST /servers` in every version; what needs volumes or scheduler hints comes with those. */
export const createBody = Type.Object({ server }, closed);

export function readNewServers({ server: wanted }: Static<typeof createBody>): NewServers {
  const minCount = Number(wanted.min_count ?? 1);
  return {
    name: wanted.name.trim(),
    imageRef: wanted.imageRef,
    flavorRef: String(wanted.flavorRef),
    networks: readNetworks(wanted.networks),
    securityGroups: (wanted.security_groups ?? []).map((group) => group.name),
    keyName: wanted.key_name ?? undefined,
    userData: wanted.user_data ?? undefined,
    metadata: wanted.metadata ?? {},
    configDrive: isTrue(wanted.config_drive ?? undefined),
    availabilityZone: wanted.availability_zone ?? undefined,
    minCount,
    maxCount: Number(wanted.max_count ?? minCount),
    description: wanted.description ?? null,
    hostname: wanted.hostname,
    accessIpv4: wanted.accessIPv4 ?? '',
    accessIpv6: wanted.accessIPv6 ?? '',
    diskConfig: wanted['OS-DCF:diskConfig'] ?? 'AUTO',
    adminPass: wanted.adminPass,
  };
}

function readNetworks(wanted: Static<typeof networks> | undefined): NewServers['networks'] {
  if (wanted === undefined || typeof wanted === 'string') return wanted;
  if (wanted.length === 0) return undefined;
  return wanted.map((entry) => ({
    ...(entry.uuid !== undefined && { networkId: entry.uuid }),
    ...(entry.port && { portId: entry.port }),
    ...(entry.fixed_ip !== undefined && { fixedIp: entry.fixed_ip }),
  }));
}
