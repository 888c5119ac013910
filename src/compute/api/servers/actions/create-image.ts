import { Type } from 'typebox';
import { withinRange } from '#base/microversion.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { imageProxyErrors } from '#compute/images/errors.ts';
import { createServerImage } from '#compute/servers/create-image.ts';
import { Reply } from '#endpoints/endpoint.ts';
import { metadata, serverName } from '../fields.ts';
import { serverTarget } from '../target.ts';

const closed = { additionalProperties: false };

const declaration = {
  method: 'POST',
  path: '/servers/{server_id}/action',
  action: 'createImage',
  summary: "Makes an image of a server's root disk.",
  requires: ['ecs:servers:createImage', 'ecs:servers:get'],
  target: serverTarget,
  status: 202,
  errors: [computeErrors.invalidState, computeErrors.locked, imageProxyErrors.tooManyItems],
  body: Type.Object(
    {
      createImage: Type.Object({ name: serverName, metadata: Type.Optional(metadata) }, closed),
    },
    closed,
  ),
} as const;

/** Until then as much metadata as a server may have. */
export const counted = { until: '2.38' };

/** Says where the image service shows an image. */
export function locatedReply(root: string, imageId: string): Reply {
  const location = `${new URL(root).origin}/image/v2/images/${imageId}`;
  return new Reply(undefined, { headers: { location } });
}

/** The image's id stands in a header at first, in the body since 2.45. */
export const createImage = [
  endpoint({
    ...declaration,
    until: '2.44',
    handle: async (service, call, server) => {
      const { name, metadata: items = {} } = call.body.createImage;
      const isMetadataCounted = withinRange(call.version, counted);
      const wanted = { name: name.trim(), metadata: items, isMetadataCounted };
      const imageId = await createServerImage(service, call, server, wanted);
      return locatedReply(call.root, imageId);
    },
  }),
  endpoint({
    ...declaration,
    since: '2.45',
    response: Type.Object({ image_id: Type.String() }, closed),
    handle: async (service, call, server) => {
      const { name, metadata: items = {} } = call.body.createImage;
      const wanted = { name: name.trim(), metadata: items, isMetadataCounted: false };
      return { image_id: await createServerImage(service, call, server, wanted) };
    },
  }),
];
