import { Type } from 'typebox';
import { limits } from '#base/limits.ts';
import { tagsSchema } from '../tags/tag.ts';
import { deviceTag, newDevices, oldDevices } from './create-devices.ts';
import { hints } from './create-hints.ts';
import {
  accessIp,
  count,
  description,
  diskConfig,
  flavorRef,
  hostName,
  hostname,
  looseBoolean,
  metadata,
  serverName,
} from './fields.ts';

const closed = { additionalProperties: false };
const uuid = Type.String({ format: 'uuid' });
const name = Type.String({ minLength: 1, maxLength: 255, pattern: '^[^\\u0000]*$' });
export const keyName = name;

const network = Type.Object(
  {
    uuid: Type.Optional(Type.Union([uuid, Type.Null()])),
    port: Type.Optional(Type.Union([uuid, Type.Null()])),
    fixed_ip: Type.Optional(
      Type.Union([Type.String({ format: 'ipv4' }), Type.String({ format: 'ipv6' })]),
    ),
    tag: Type.Optional(
      Type.Union([
        Type.String({ ...deviceTag, since: '2.32', until: '2.36' }),
        Type.String({ ...deviceTag, since: '2.42' }),
      ]),
    ),
  },
  closed,
);

const networks = Type.Array(network, { maxItems: limits.networksPerRequest });

/** Both members are needed; which one is missing is told in Nova's words. */
export const file = Type.Object(
  { path: Type.Optional(Type.String()), contents: Type.Optional(Type.String()) },
  closed,
);

export const certificates = Type.Union(
  [
    Type.Array(Type.String({ minLength: 1, maxLength: 255 }), {
      minItems: 1,
      maxItems: 50,
      uniqueItems: true,
    }),
    Type.Null(),
  ],
  { since: '2.63' },
);

const members = {
  name: serverName,
  imageRef: Type.Optional(Type.String({ maxLength: 1024 })),
  flavorRef,
  security_groups: Type.Optional(Type.Array(Type.Object({ name }, closed), { maxItems: 256 })),
  key_name: Type.Optional(Type.Union([name, Type.Null()])),
  user_data: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  metadata: Type.Optional(metadata),
  personality: Type.Optional(Type.Array(file, { until: '2.56' })),
  config_drive: Type.Optional(Type.Union([looseBoolean, Type.Literal(''), Type.Null()])),
  availability_zone: Type.Optional(Type.Union([name, Type.Null()])),
  block_device_mapping: Type.Optional(oldDevices),
  block_device_mapping_v2: Type.Optional(newDevices),
  min_count: Type.Optional(count),
  max_count: Type.Optional(count),
  return_reservation_id: Type.Optional(looseBoolean),
  adminPass: Type.Optional(Type.String({ maxLength: 255 })),
  accessIPv4: Type.Optional(accessIp('ipv4')),
  accessIPv6: Type.Optional(accessIp('ipv6')),
  'OS-DCF:diskConfig': Type.Optional(diskConfig),
  description: Type.Optional(description),
  tags: Type.Optional({ ...tagsSchema, since: '2.52' } as typeof tagsSchema),
  trusted_image_certificates: Type.Optional(certificates),
  host: Type.Optional({ ...hostName, since: '2.74' } as typeof hostName),
  hypervisor_hostname: Type.Optional({ ...hostName, since: '2.74' } as typeof hostName),
  hostname: Type.Optional(hostname),
};

/** Which networks it is on must be said since 2.37. */
const server = Type.Union([
  Type.Object({ ...members, networks: Type.Optional(networks) }, { ...closed, until: '2.36' }),
  Type.Object(
    { ...members, networks: Type.Union([networks, Type.Enum(['none', 'auto'])]) },
    { ...closed, since: '2.37' },
  ),
]);

/** `POST /servers` in every version. */
export const createBody = Type.Object(
  {
    server,
    'os:scheduler_hints': Type.Optional(hints),
    'OS-SCH-HNT:scheduler_hints': Type.Optional(hints),
  },
  closed,
);
