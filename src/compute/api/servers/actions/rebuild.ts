import { type Static, Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { serverErrors } from '#compute/servers/errors.ts';
import { type Rebuild, rebuildServer } from '#compute/servers/rebuild.ts';
import { imageNamed, keyNamed } from '#compute/servers/things-named.ts';
import { Reply } from '#endpoints/endpoint.ts';
import { certificates, file, keyName } from '../create-body.ts';
import {
  accessIp,
  description,
  diskConfig,
  hostname,
  isTrue,
  looseBoolean,
  metadata,
  serverName,
} from '../fields.ts';
import { lastSegment, readFile } from '../read-new-servers.ts';
import { rebuiltWire } from '../rebuilt-wire.ts';
import { viewOf } from '../server-view.ts';
import { serverTarget } from '../target.ts';
import { wireContext } from '../wire-context.ts';

const closed = { additionalProperties: false };

const body = Type.Object(
  {
    rebuild: Type.Object(
      {
        imageRef: Type.String({ minLength: 1, maxLength: 1024 }),
        name: Type.Optional(serverName),
        adminPass: Type.Optional(Type.String({ maxLength: 255 })),
        metadata: Type.Optional(metadata),
        preserve_ephemeral: Type.Optional(looseBoolean),
        'OS-DCF:diskConfig': Type.Optional(diskConfig),
        accessIPv4: Type.Optional(accessIp('ipv4')),
        accessIPv6: Type.Optional(accessIp('ipv6')),
        personality: Type.Optional(Type.Array(file, { until: '2.56' })),
        description: Type.Optional(description),
        key_name: Type.Optional(Type.Union([keyName, Type.Null()], { since: '2.54' })),
        user_data: Type.Optional(Type.Union([Type.String(), Type.Null()], { since: '2.57' })),
        trusted_image_certificates: Type.Optional(certificates),
        hostname: Type.Optional(hostname),
      },
      closed,
    ),
  },
  closed,
);

/** Row 8 of the reference's permission table: all of these are needed. */
const requires = [
  'ecs:servers:rebuild',
  'ecs:servers:get',
  'ecs:servers:update',
  'ims:images:get',
  'ims:images:list',
  'ims:images:update',
];

export const rebuild = endpoint({
  method: 'POST',
  path: '/servers/{server_id}/action',
  action: 'rebuild',
  summary: 'Gives a server a new root disk, made of an image.',
  requires,
  target: serverTarget,
  body,
  status: 202,
  response: Type.Object({ server: rebuiltWire.schema }),
  errors: [
    computeErrors.invalidState,
    computeErrors.mayRunElsewhere,
    computeErrors.locked,
    computeErrors.notReady,
    computeErrors.imageNotFound,
    computeErrors.imageNotActive,
    computeErrors.imageBad,
    computeErrors.flavorDiskTooSmall,
    computeErrors.flavorDiskBelowMinimum,
    computeErrors.flavorMemoryTooSmall,
    computeErrors.keypairNotFound,
    computeErrors.userDataMalformed,
    serverErrors.fileMalformed,
    serverErrors.overQuota,
  ],
  names: {
    types: ['image', 'keypair'],
    find: async (service, { actor, body: { rebuild: asked } }, server) => [
      ...(await imageNamed(service, actor, lastSegment(asked.imageRef))),
      ...(asked.key_name ? [keyNamed(server.userId, asked.key_name)] : []),
    ],
  },
  handle: async (service, call, allowed) => {
    const isReference = call.surface === 'compute-v2';
    const asked = readRebuild(call.body.rebuild, isReference);
    const { server, adminPass } = await rebuildServer(service, call, allowed, asked);
    const view = { ...(await viewOf(service, server)), adminPass };
    const shown = rebuiltWire.render(view, call.version, wireContext(call));
    const headers = { location: `${call.root}/servers/${server.id}` };
    return new Reply({ server: shown }, { headers });
  },
});

function readRebuild(asked: Static<typeof body>['rebuild'], isReference: boolean): Rebuild {
  return {
    imageId: lastSegment(asked.imageRef),
    files: (asked.personality ?? []).map(readFile),
    keepsLocalDisks: isTrue(asked.preserve_ephemeral),
    tellsPassword: !isReference,
    mendsErrors: !isReference,
    ...(asked.name !== undefined && { name: asked.name.trim() }),
    ...(asked.description !== undefined && { description: asked.description }),
    ...(asked.hostname !== undefined && { hostname: asked.hostname }),
    ...(asked.accessIPv4 !== undefined && { accessIpv4: asked.accessIPv4 ?? '' }),
    ...(asked.accessIPv6 !== undefined && { accessIpv6: asked.accessIPv6 ?? '' }),
    ...(asked['OS-DCF:diskConfig'] && { diskConfig: asked['OS-DCF:diskConfig'] }),
    ...(asked.metadata !== undefined && { metadata: asked.metadata }),
    ...(asked.key_name !== undefined && { keyName: asked.key_name }),
    ...(asked.user_data !== undefined && { userData: asked.user_data }),
    ...(asked.trusted_image_certificates !== undefined && {
      trustedCertificates: asked.trusted_image_certificates,
    }),
    ...(asked.adminPass !== undefined && { adminPass: asked.adminPass }),
  };
}
