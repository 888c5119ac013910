import { endpoint } from '#compute/api/endpoint.ts';
import { linkBasesOf, resourceLinks } from '#compute/api/links.ts';
import { computeErrors } from '#compute/errors.ts';
import { createServers } from '#compute/servers/create.ts';
import { Reply } from '#endpoints/endpoint.ts';
import { createBody, readNewServers } from './create-body.ts';
import { isTrue } from './fields.ts';

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
];

function createAt<Path extends string>(path: Path, summary: string) {
  return endpoint({
    method: 'POST',
    path,
    summary,
    requires,
    body: createBody,
    status: 202,
    errors,
    handle: async (service, call) => {
      const request = readNewServers(call.body);
      const created = await createServers(service, call, request);
      if (isTrue(call.body.server.return_reservation_id)) {
        return { reservation_id: created.reservationId };
      }
      const [id = ''] = created.ids;
      const links = resourceLinks(linkBasesOf(call), 'servers', id);
      const groups = [...new Set(request.securityGroups)].map((name) => ({ name }));
      const server = {
        id,
        links,
        'OS-DCF:diskConfig': request.diskConfig,
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
