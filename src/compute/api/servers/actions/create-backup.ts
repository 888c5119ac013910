import { type Static, Type } from 'typebox';
import { withinRange } from '#base/microversion.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { imageProxyErrors } from '#compute/images/errors.ts';
import { createServerBackup, type WantedBackup } from '#compute/servers/create-image.ts';
import { metadata, serverName } from '../fields.ts';
import { serverTarget } from '../target.ts';
import { counted, locatedReply } from './create-image.ts';

const closed = { additionalProperties: false };

const body = Type.Object(
  {
    createBackup: Type.Object(
      {
        name: serverName,
        backup_type: Type.String({ maxLength: 255, pattern: '^[^\\u0000]*$' }),
        rotation: Type.Union([
          Type.Integer({ minimum: 0 }),
          Type.String({ pattern: '^[0-9]+$', maxLength: 9 }),
        ]),
        metadata: Type.Optional(metadata),
      },
      closed,
    ),
  },
  closed,
);

const declaration = {
  method: 'POST',
  path: '/servers/{server_id}/action',
  action: 'createBackup',
  summary: "Makes an image of a server's root disk, and removes the oldest of its kind.",
  requires: ['ecs:servers:createBackup', 'ecs:servers:get'],
  target: serverTarget,
  status: 202,
  errors: [computeErrors.invalidState, computeErrors.locked, imageProxyErrors.tooManyItems],
  body,
} as const;

function read(
  asked: Static<typeof body>['createBackup'],
  isMetadataCounted: boolean,
): WantedBackup {
  const { name, backup_type: backupType, rotation, metadata: items = {} } = asked;
  const counts = { rotation: Number(rotation), isMetadataCounted };
  return { name: name.trim(), backupType, metadata: items, ...counts };
}

/** As for images; what is not kept is not told of. */
export const createBackup = [
  endpoint({
    ...declaration,
    until: '2.44',
    handle: async (service, call, server) => {
      const wanted = read(call.body.createBackup, withinRange(call.version, counted));
      const imageId = await createServerBackup(service, call, server, wanted);
      if (wanted.rotation === 0) return undefined;
      return locatedReply(call.root, imageId);
    },
  }),
  endpoint({
    ...declaration,
    since: '2.45',
    response: Type.Object({ image_id: Type.String() }, closed),
    handle: async (service, call, server) => {
      const wanted = read(call.body.createBackup, false);
      const imageId = await createServerBackup(service, call, server, wanted);
      return wanted.rotation === 0 ? undefined : { image_id: imageId };
    },
  }),
];
