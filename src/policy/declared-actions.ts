import { each } from './system/system-policy.ts';

/** Calls whose required actions the published tables give, and which are not served yet. */
export interface DeclaredCall {
  method: string;
  path: string;
  /** The body's member that tells it from others of its path. */
  action?: string;
  requires: readonly string[];
}

const volumeAction = '/v2/{project_id}/volumes/{volume_id}/action';

/** All on `POST …/volumes/{volume_id}/action`, of v2 and v3 alike. */
export const volumeActions: readonly DeclaredCall[] = [
  ['os-extend', 'extend', 'get'],
  ['os-volume_upload_image', 'uploadImage'],
  ['os-attach', 'attach', 'get'],
  ['os-detach', 'detach', 'get'],
  ['os-reserve', 'attach'],
  ['os-unreserve', 'attach'],
  ['os-set_bootable', 'update'],
  ['os-update_readonly_flag', 'update'],
].map(([action = '', ...operations]) => ({
  method: 'POST',
  path: volumeAction,
  action,
  requires: each('evs:volumes', operations),
}));

export const cloudServerCalls: readonly DeclaredCall[] = [
  ['v2', 'changeos', 'changeOS'],
  ['v2', 'reinstallos', 'rebuild'],
  ['v1', 'resize', 'resize'],
  ['v1', 'migrate', 'migrate'],
].map(([version, name, operation]) => ({
  method: 'POST',
  path: `/${version}/{project_id}/cloudservers/{server_id}/${name}`,
  requires: [`ecs:cloudServers:${operation}`],
}));

/** What published policies name and no declaration does, or only code below endpoints asks for. */
const others: readonly string[] = [
  ...each('evs:volumes', ['create', 'delete', 'list', 'manage', 'use']),
  ...each('evs:snapshots', ['create', 'get']),
  ...each('evs', ['types:get', 'quotas:get']),
  ...each('ecs:cloudServers', ['createServers', 'deleteServers', 'list', 'showServer', 'get']),
  ...each('ecs:cloudServers', ['updateServer', 'start', 'stop', 'reboot', 'attach']),
  ...each('ecs:cloudServers', ['detachVolume', 'listServerBlockDevices', 'showServerBlockDevice']),
  ...each('ecs:cloudServers', ['addNics', 'listServerInterfaces', 'batchSetServerTags']),
  ...each('ecs:cloudServers', ['showServerTags', 'updateMetadata', 'resetServerPwd']),
  ...each('ecs:cloudServers', ['showResetPasswordFlag', 'showServerPassword', 'deletePassword']),
  ...each('ecs:cloudServers', ['createServerGroup', 'deleteServerGroup', 'addServerGroupMember']),
  'ecs:cloudServers:deleteServerGroupMember',
  'ecs:cloudServerNics:delete',
  'ecs:cloudServerFlavors:get',
  'ecs:cloudServerQuotas:get',
  'ecs:diskConfigs:use',
  'ecs:serverVolumes:use',
  ...each('ecs:serverVolumeAttachments', ['create', 'delete', 'list', 'get']),
  ...each('ecs:servers', ['setTags', 'getTags', 'createOnHost', 'listAllProjects']),
  ...each('ecs:servers', ['unshelveToHost', 'unlockOverride']),
  ...each('ecs:servers', ['migrateToHost', 'migrateLiveToHost']),
  ...each('vpc:networks', ['share', 'setExternal']),
  ...each('vpc:publicIps', ['get', 'list', 'update', 'delete']),
  'ims:images:publish',
  'ims:quotas:get',
];

export const declaredActions: readonly string[] = [
  ...[...volumeActions, ...cloudServerCalls].flatMap(({ requires }) => requires),
  ...others,
];
