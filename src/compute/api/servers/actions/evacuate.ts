import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { evacuateServer } from '#compute/servers/evacuate.ts';
import { evacuationErrors } from '#compute/servers/evacuation-errors.ts';
import { hostName, isTrue, looseBoolean } from '../fields.ts';
import { serverTarget } from '../target.ts';

const closed = { additionalProperties: false };

const declaration = {
  method: 'POST',
  path: '/servers/{server_id}/action',
  action: 'evacuate',
  summary: 'Makes a server again on another host, because its own is down. For administrators.',
  requires: ['ecs:servers:evacuate', 'ecs:servers:get'],
  target: serverTarget,
  status: 200,
  errors: [
    computeErrors.invalidState,
    computeErrors.mayRunElsewhere,
    computeErrors.notReady,
    evacuationErrors.hostInUse,
    evacuationErrors.targetNotFound,
    evacuationErrors.targetUnchanged,
  ],
} as const;

const members = {
  host: Type.Optional(hostName),
  adminPass: Type.Optional(Type.String({ maxLength: 255 })),
};

interface Members {
  host?: string;
  adminPass?: string;
}

const found = ({ host, adminPass }: Members) => ({
  host: host ?? null,
  ...(adminPass !== undefined && { adminPass }),
  onSharedStorage: null,
  staysStopped: false,
});

/** The client says whether storage is shared, and a named host is not asked what it thinks. */
const untilTold = endpoint({
  ...declaration,
  until: '2.13',
  body: Type.Object(
    { evacuate: Type.Object({ ...members, onSharedStorage: looseBoolean }, closed) },
    closed,
  ),
  response: Type.Object({ adminPass: Type.Union([Type.String(), Type.Null()]) }),
  errors: [...declaration.errors, evacuationErrors.passwordOfOldDisk],
  handle: async (service, call, server) => {
    const { evacuate: asked } = call.body;
    const onSharedStorage = isTrue(asked.onSharedStorage);
    const isForced = asked.host !== undefined;
    const evacuation = { ...found(asked), onSharedStorage, isForced };
    return { adminPass: await evacuateServer(service, call, server, evacuation) };
  },
});

const untilAsked = endpoint({
  ...declaration,
  since: '2.14',
  until: '2.28',
  body: Type.Object({ evacuate: Type.Object(members, closed) }, closed),
  handle: async (service, call, server) => {
    const { evacuate: asked } = call.body;
    const evacuation = { ...found(asked), isForced: asked.host !== undefined };
    await evacuateServer(service, call, server, evacuation);
  },
});

const force = Type.Optional({ ...looseBoolean, until: '2.67' } as typeof looseBoolean);

const untilStopped = endpoint({
  ...declaration,
  since: '2.29',
  until: '2.94',
  body: Type.Object({ evacuate: Type.Object({ ...members, force }, closed) }, closed),
  errors: [...declaration.errors, evacuationErrors.forcedNowhere],
  handle: async (service, call, server) => {
    const { evacuate: asked } = call.body;
    const evacuation = { ...found(asked), isForced: isTrue(asked.force) };
    await evacuateServer(service, call, server, evacuation);
  },
});

const arrivingStopped = endpoint({
  ...declaration,
  since: '2.95',
  body: Type.Object({ evacuate: Type.Object(members, closed) }, closed),
  handle: async (service, call, server) => {
    const evacuation = { ...found(call.body.evacuate), isForced: false, staysStopped: true };
    await evacuateServer(service, call, server, evacuation);
  },
});

export const evacuate = [untilTold, untilAsked, untilStopped, arrivingStopped];
