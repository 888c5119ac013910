/** One row of the published tables, as it is printed there. */
export interface TableRow {
  table: 'S1' | 'S2' | 'S3';
  method: string;
  /** Without the version and the project. */
  path: string;
  versions: readonly ('v1' | 'v2' | 'v2.1')[];
  /** The tables tell server actions apart by what they do; this is the body's member. */
  action?: string;
  requires: readonly string[];
}

const words = (text: string) => text.trim().split(/\s+/);
const act = '/servers/{server_id}/action';
const password = '/servers/{server_id}/os-server-password';
const volume = '/volumes/{volume_id}/action';

const create = words(`
  ecs:servers:create ecs:servers:get ecs:serverInterfaces:use ecs:serverInterfaces:get
  ecs:flavors:get ecs:securityGroups:use evs:volumes:list evs:volumes:get evs:volumes:create
  evs:volumes:attach evs:volumes:manage vpc:securityGroups:get vpc:networks:get
  vpc:networks:update vpc:subnets:get vpc:subnets:update vpc:ports:create vpc:ports:update
  vpc:ports:get vpc:ports:delete vpc:networks:create vpc:subnets:create vpc:routers:get
  vpc:routers:update ims:images:list ims:images:get`);

/** S1 prints `vpc:ports:creare`, which S2 and all later editions have as `create`. */
const resize = words(`
  ecs:servers:resize ecs:servers:get evs:volumes:list evs:volumes:create evs:volumes:get
  evs:volumes:attach evs:volumes:detach evs:volumes:manage vpc:ports:get vpc:ports:update
  vpc:ports:create vpc:ports:delete`);

const rebuild = words(`
  ecs:servers:rebuild ecs:servers:get ecs:servers:update
  ims:images:get ims:images:list ims:images:update`);

const s1 = (method: string, path: string, requires: string[], action?: string): TableRow => ({
  table: 'S1',
  method,
  path,
  versions: ['v2'],
  requires,
  ...(action && { action }),
});

const s2 = (action: string, requires: string[]): TableRow => ({
  table: 'S2',
  method: 'POST',
  path: act,
  // The row of `resize` prints v2.1 twice, and means both.
  versions: ['v2', 'v2.1'],
  action,
  requires,
});

const native = (version: 'v1' | 'v2', name: string, operation: string): TableRow => ({
  table: 'S2',
  method: 'POST',
  path: `/cloudservers/{server_id}/${name}`,
  versions: [version],
  requires: [`ecs:cloudServers:${operation}`],
});

const s3 = (action: string, requires: string[]): TableRow => ({
  table: 'S3',
  method: 'POST',
  path: volume,
  versions: ['v2'],
  action,
  requires,
});

/** All 30 rows. Two calls share the first row of S1. */
export const tableRows: readonly TableRow[] = [
  s1('POST', '/servers', create),
  s1('POST', '/os-volumes_boot', create),
  s1('DELETE', '/servers/{server_id}', ['ecs:servers:delete']),
  s1('PUT', '/servers/{server_id}', ['ecs:servers:update', 'ecs:servers:get']),
  s1('POST', act, ['ecs:servers:start', 'ecs:servers:get'], 'os-start'),
  s1('POST', act, ['ecs:servers:stop', 'ecs:servers:get'], 'os-stop'),
  s1('POST', act, ['ecs:servers:reboot', 'ecs:servers:get'], 'reboot'),
  s1('POST', act, resize, 'resize'),
  s1('POST', act, rebuild, 'rebuild'),
  s1('POST', act, ['ecs:servers:lock', 'ecs:servers:get'], 'lock'),
  s1('POST', act, ['ecs:servers:unlock', 'ecs:servers:get'], 'unlock'),
  s1('GET', password, ['ecs:serverPasswords:manage']),
  s1('DELETE', password, ['ecs:serverPasswords:manage']),
  native('v2', 'changeos', 'changeOS'),
  native('v2', 'reinstallos', 'rebuild'),
  native('v1', 'resize', 'resize'),
  native('v1', 'migrate', 'migrate'),
  s2('os-stop', ['ecs:servers:stop', 'ecs:servers:get']),
  s2('reboot', ['ecs:servers:reboot', 'ecs:servers:get']),
  s2('resize', resize),
  s2('rebuild', rebuild),
  s2('lock', ['ecs:servers:lock', 'ecs:servers:get']),
  s2('unlock', ['ecs:servers:unlock', 'ecs:servers:get']),
  s3('os-extend', ['evs:volumes:extend', 'evs:volumes:get']),
  s3('os-volume_upload_image', ['evs:volumes:uploadImage']),
  s3('os-attach', ['evs:volumes:attach', 'evs:volumes:get']),
  s3('os-detach', ['evs:volumes:detach', 'evs:volumes:get']),
  s3('os-reserve', ['evs:volumes:attach']),
  s3('os-unreserve', ['evs:volumes:attach']),
  s3('os-set_bootable', ['evs:volumes:update']),
  s3('os-update_readonly_flag', ['evs:volumes:update']),
];
