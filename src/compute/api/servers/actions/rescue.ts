import { type Static, Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { rescueServer, unrescueServer } from '#compute/servers/rescue.ts';
import { rescueErrors } from '#compute/servers/rescue-errors.ts';
import { imageNamed } from '#compute/servers/things-named.ts';
import type { ComputeService } from '#compute/service.ts';
import { type Call, Reply } from '#endpoints/endpoint.ts';
import { serverTarget } from '../target.ts';
import { bareAction } from './bare-action.ts';

const closed = { additionalProperties: false };

const wanted = Type.Object(
  {
    adminPass: Type.Optional(Type.String({ maxLength: 255 })),
    rescue_image_ref: Type.Optional(Type.String({ format: 'uuid' })),
  },
  closed,
);
const body = Type.Object({ rescue: Type.Union([wanted, Type.Null()]) }, closed);

const names = {
  types: ['image'],
  find: (service: ComputeService, { actor, body: { rescue: asked } }: RescueCall) =>
    imageNamed(service, actor, asked?.rescue_image_ref),
} as const;

type RescueCall = Call<unknown, unknown, Static<typeof body>>;

const shared = {
  method: 'POST',
  path: '/servers/{server_id}/action',
  action: 'rescue',
  summary: 'Boots a server from a rescue image, with its own disk beside it.',
  requires: ['ecs:servers:rescue', 'ecs:servers:get'],
  target: serverTarget,
  body,
  names,
  status: 200,
  response: Type.Object({ adminPass: Type.String() }, closed),
  errors: [
    computeErrors.invalidState,
    computeErrors.mayRunElsewhere,
    computeErrors.locked,
    computeErrors.notReady,
    ...Object.values(rescueErrors),
  ],
} as const;

function read({ rescue }: Static<typeof body>) {
  return {
    ...(rescue?.adminPass !== undefined && { adminPass: rescue.adminPass }),
    ...(rescue?.rescue_image_ref !== undefined && { imageId: rescue.rescue_image_ref }),
  };
}

/** The reference answers with 202, Nova with 200. */
function answer(adminPass: string, surface: string): Reply {
  return new Reply({ adminPass }, surface === 'compute-v2' ? { status: 202 } : {});
}

export const rescue = [
  endpoint({
    ...shared,
    until: '2.86',
    handle: async (service, call, server) => {
      const asked = { ...read(call.body), asksHost: false };
      return answer(await rescueServer(service, call, server, asked), call.surface);
    },
  }),
  endpoint({
    ...shared,
    since: '2.87',
    handle: async (service, call, server) => {
      const asked = { ...read(call.body), asksHost: true };
      return answer(await rescueServer(service, call, server, asked), call.surface);
    },
  }),
];

export const unrescue = bareAction({
  name: 'unrescue',
  summary: 'Lets a server run from its own disk again.',
  requires: ['ecs:servers:unrescue', 'ecs:servers:get'],
  verb: unrescueServer,
});
