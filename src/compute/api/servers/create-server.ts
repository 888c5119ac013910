import { Type } from 'typebox';
import { limits } from '#base/limits.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { linkBasesOf, linksSchema, resourceLinks } from '#compute/api/links.ts';
import { computeErrors } from '#compute/errors.ts';
import { createServers } from '#compute/servers/create.ts';
import { deviceErrors } from '#compute/servers/device-errors.ts';
import { serverErrors } from '#compute/servers/errors.ts';
import { thingsOfNewServers, typesOfNewServers } from '#compute/servers/things-named.ts';
import { Reply } from '#endpoints/endpoint.ts';
import { requireActions } from '#policy/engine.ts';
import { createBody } from './create-body.ts';
import { isTrue } from './fields.ts';
import { readNewServers, requireCounts } from './read-new-servers.ts';

/** Row 1 of the reference's permission table: all of these are needed. */
const requires = [
  'ecs:servers:create',
  'ecs:servers:get',
  'ecs:serverInterfaces:use',
  'ecs:serverInterfaces:get',
  'ecs:flavors:get',
  'ecs:securityGroups:use',
  'evs:volumes:list',
  'evs:volumes:get',
  'evs:volumes:create',
  'evs:volumes:attach',
  'evs:volumes:manage',
  'vpc:securityGroups:get',
  'vpc:networks:get',
  'vpc:networks:update',
  'vpc:subnets:get',
  'vpc:subnets:update',
  'vpc:ports:create',
  'vpc:ports:update',
  'vpc:ports:get',
  'vpc:ports:delete',
  'vpc:networks:create',
  'vpc:subnets:create',
  'vpc:routers:get',
  'vpc:routers:update',
  'ims:images:list',
  'ims:images:get',
];

const errors = [
  computeErrors.flavorNotFound,
  computeErrors.imageNotFound,
  computeErrors.imageNotActive,
  computeErrors.flavorDiskTooSmall,
  computeErrors.keypairNotFound,
  computeErrors.zoneNotFound,
  computeErrors.quotaExceeded,
  computeErrors.countsInverted,
  computeErrors.userDataMalformed,
  ...Object.values(deviceErrors),
  serverErrors.imageMissing,
  serverErrors.imageNotThere,
  serverErrors.zoneUnreadable,
  serverErrors.hostNotFound,
  serverErrors.hostNamedTwice,
  serverErrors.networkMalformed,
  serverErrors.fixedIpWithPort,
  serverErrors.networkDuplicated,
  serverErrors.portOfMany,
  serverErrors.addressOfMany,
  serverErrors.tooManyAtOnce,
  serverErrors.hintsTooLarge,
  serverErrors.fileMalformed,
  serverErrors.overQuota,
  serverErrors.bareMetalUnsupported,
  serverErrors.diskConfigDisabled,
];

/** To say which host is to carry a server. */
const placingAction = 'ecs:servers:createOnHost';

const closed = { additionalProperties: false };

/** One of several stands for all; who asked for the reservation asks for them by it. */
const response = Type.Union([
  Type.Object({ reservation_id: Type.String() }, closed),
  Type.Object(
    {
      server: Type.Object(
        {
          id: Type.String(),
          links: linksSchema,
          'OS-DCF:diskConfig': Type.String(),
          security_groups: Type.Array(Type.Object({ name: Type.String() }, closed)),
          adminPass: Type.String(),
        },
        closed,
      ),
    },
    closed,
  ),
]);

function createAt<Path extends string>(path: Path, summary: string) {
  return endpoint({
    method: 'POST',
    path,
    summary,
    requires,
    body: createBody,
    status: 202,
    response,
    errors,
    names: {
      types: typesOfNewServers,
      find: (service, call) => thingsOfNewServers(service, call.actor, readNewServers(call)),
    },
    handle: async (service, call) => {
      const request = readNewServers(call);
      requireCounts(request, limits.serversPerRequest);
      const { host, node } = request.place;
      if (host !== null || node !== null) requireActions(call.actor, [placingAction]);
      const created = await createServers(service, call, request);
      if (isTrue(call.body.server.return_reservation_id)) {
        return { reservation_id: created.reservationId };
      }
      const [id = ''] = created.ids;
      const groups = [...new Set(request.securityGroups)].map((name) => ({ name }));
      const server = {
        id,
        links: resourceLinks(linkBasesOf(call), 'servers', id),
        'OS-DCF:diskConfig': created.diskConfig,
        security_groups: groups.length > 0 ? groups : [{ name: 'default' }],
        adminPass: created.adminPass,
      };
      return new Reply({ server }, { headers: { location: `${call.root}/servers/${id}` } });
    },
  });
}

export const createServer = createAt('/servers', 'Creates one or more servers.');

/** The reference's alias for clients that boot from volumes. */
export const createServerFromVolume = createAt(
  '/os-volumes_boot',
  'Creates one or more servers; an alias of POST /servers.',
);
