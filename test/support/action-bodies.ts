import type { ServerAction } from '#compute/servers/action-rules.ts';
import type { Client } from './client.ts';
import type { TestCloud } from './cloud.ts';

/** A request that asks for an action on a server: body of `POST …/action`, or another call. */
export interface ActionCall {
  body?: object;
  /** A request other than `POST …/action`, with its path below the server's. */
  other?: { method: 'DELETE' | 'POST' | 'PUT'; path: string; body?: object };
  /** The version in which it is asked; 2.1 where absent. */
  microversion?: string;
  /** Only administrators ask for it. */
  byAdmin?: true;
}

/**
 * How each action of the state table is asked for; a test goes through all of them in every state.
 * An action whose endpoint is not there yet has no row.
 */
export const actionCalls: Partial<Record<ServerAction, ActionCall>> = {
  start: { body: { 'os-start': null } },
  stop: { body: { 'os-stop': null } },
  'reboot-soft': { body: { reboot: { type: 'SOFT' } } },
  'reboot-hard': { body: { reboot: { type: 'HARD' } } },
  pause: { body: { pause: null } },
  unpause: { body: { unpause: null } },
  suspend: { body: { suspend: null } },
  resume: { body: { resume: null } },
  'trigger-crash-dump': { body: { trigger_crash_dump: null }, microversion: '2.17' },
  resize: { body: { resize: { flavorRef: '2' } } },
  migrate: { body: { migrate: null }, byAdmin: true },
  evacuate: { body: { evacuate: { onSharedStorage: false } }, byAdmin: true },
  'live-migrate': {
    body: { 'os-migrateLive': { host: null, block_migration: 'auto' } },
    microversion: '2.25',
    byAdmin: true,
  },
  'confirm-resize': { body: { confirmResize: null } },
  'revert-resize': { body: { revertResize: null } },
  'create-image': { body: { createImage: { name: 'one' } } },
  'create-backup': { body: { createBackup: { name: 'one', backup_type: 'daily', rotation: 1 } } },
  rebuild: { body: { rebuild: { imageRef: 'not-there' } } },
  'change-password': { body: { changePassword: { adminPass: 'other' } } },
  rescue: { body: { rescue: null } },
  unrescue: { body: { unrescue: null } },
  shelve: { body: { shelve: null } },
  'shelve-offload': { body: { shelveOffload: null }, byAdmin: true },
  unshelve: { body: { unshelve: null } },
  delete: { other: { method: 'DELETE', path: '' } },
  restore: { body: { restore: null } },
  'force-delete': { body: { forceDelete: null } },
  'attach-interface': {
    other: { method: 'POST', path: '/os-interface', body: { interfaceAttachment: {} } },
  },
  'add-fixed-ip': { body: { addFixedIp: { networkId: 'not-there' } } },
  'remove-fixed-ip': { body: { removeFixedIp: { address: '192.0.2.1' } } },
  'add-floating-ip': { body: { addFloatingIp: { address: '192.0.2.1' } } },
  'remove-floating-ip': { body: { removeFloatingIp: { address: '192.0.2.1' } } },
  'add-security-group': { body: { addSecurityGroup: { name: 'not-there' } } },
  'remove-security-group': { body: { removeSecurityGroup: { name: 'not-there' } } },
  'reset-network': { body: { resetNetwork: null }, byAdmin: true },
  'inject-network-info': { body: { injectNetworkInfo: null }, byAdmin: true },
  'update-metadata': {
    other: { method: 'POST', path: '/metadata', body: { metadata: { one: '1' } } },
  },
  'delete-metadata': { other: { method: 'DELETE', path: '/metadata/one' } },
  'update-tags': {
    other: { method: 'PUT', path: '/tags/one' },
    microversion: '2.26',
  },
  'delete-tags': { other: { method: 'DELETE', path: '/tags' }, microversion: '2.26' },
};

export function askForAction(
  cloud: TestCloud,
  id: string,
  call: ActionCall,
  surface: 'v2' | 'v2.1' = 'v2.1',
  client: Client = call.byAdmin ? cloud.admin : cloud.demo,
) {
  const headers = { 'openstack-api-version': `compute ${call.microversion ?? '2.1'}` };
  const { method, path, body } = call.other ?? { method: 'POST', path: '/action', body: call.body };
  return client.request(method, `/${surface}/servers/${id}${path}`, body, headers);
}
