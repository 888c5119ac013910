import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { confirmResize as confirm, revertResize as revert } from '#compute/servers/end-resize.ts';
import { serverErrors } from '#compute/servers/errors.ts';
import { resizeServer } from '#compute/servers/resize.ts';
import { resizeErrors } from '#compute/servers/resize-errors.ts';
import { flavorNamed } from '#compute/servers/things-named.ts';
import { diskConfig, flavorRef } from '../fields.ts';
import { lastSegment } from '../read-new-servers.ts';
import { serverTarget } from '../target.ts';

const closed = { additionalProperties: false };

/** The reference's row of modifying specifications; it names no other for what follows. */
const requires = [
  'ecs:servers:resize',
  'ecs:servers:get',
  'evs:volumes:list',
  'evs:volumes:create',
  'evs:volumes:get',
  'evs:volumes:attach',
  'evs:volumes:detach',
  'evs:volumes:manage',
  'vpc:ports:get',
  'vpc:ports:update',
  'vpc:ports:create',
  'vpc:ports:delete',
];

const shared = {
  method: 'POST',
  path: '/servers/{server_id}/action',
  requires,
  target: serverTarget,
} as const;

const errors = [computeErrors.invalidState, computeErrors.locked];

const wish = Type.Object({ flavorRef, 'OS-DCF:diskConfig': Type.Optional(diskConfig) }, closed);

export const resize = endpoint({
  ...shared,
  action: 'resize',
  summary: 'Gives a server another flavor, until that is confirmed or reverted.',
  body: Type.Object({ resize: wish }, closed),
  status: 202,
  errors: [
    ...errors,
    computeErrors.notReady,
    computeErrors.flavorNotFound,
    computeErrors.flavorMemoryTooSmall,
    computeErrors.flavorDiskTooSmall,
    computeErrors.flavorDiskBelowMinimum,
    computeErrors.quotaExceeded,
    serverErrors.diskConfigDisabled,
    resizeErrors.flavorUnchanged,
    resizeErrors.diskCannotShrink,
    resizeErrors.noValidHost,
  ],
  names: {
    types: ['flavor'],
    find: (service, { actor, body: { resize: asked } }) =>
      flavorNamed(service, actor, lastSegment(String(asked.flavorRef))),
  },
  handle: (service, call, server) => {
    const { flavorRef: reference, 'OS-DCF:diskConfig': config } = call.body.resize;
    const wanted = { flavorId: lastSegment(String(reference)), diskConfig: config };
    return resizeServer(service, call, server, wanted);
  },
});

export const confirmResize = endpoint({
  ...shared,
  action: 'confirmResize',
  summary: 'Makes a resize or migration final.',
  body: Type.Object({ confirmResize: Type.Null() }, closed),
  status: 204,
  errors: [...errors, resizeErrors.notResized],
  handle: (service, call, server) => confirm(service, call, server),
});

export const revertResize = endpoint({
  ...shared,
  action: 'revertResize',
  summary: 'Brings a server back to what it was before a resize or migration.',
  body: Type.Object({ revertResize: Type.Null() }, closed),
  status: 202,
  errors: [...errors, resizeErrors.notResized],
  handle: (service, call, server) => revert(service, call, server),
});
