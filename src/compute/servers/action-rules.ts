import { type TaskState, type VmState, vmStates } from './status.ts';

export interface ActionRule {
  /** The name in messages. */
  attribute: string;
  from: readonly VmState[];
  /** Tasks during which the request is still legal; null stands for none. */
  during: readonly (TaskState | null)[] | 'any';
  /** What the server is busy with until the action is over; null for what is over at once. */
  task: TaskState | null;
  /** Where success leads; `same` stays where it was. */
  to: readonly VmState[] | 'same';
}

/** Only a server at rest, which most actions ask for. */
const atRest = [null] as const;

const existing = vmStates.filter((state) => state !== 'deleted');

/** With disks of its own on a host, and a guest that knows who it is. */
const built = ['active', 'stopped', 'paused', 'suspended'] as const;

/** What is only written down about a server; the guest need not be at rest for it. */
const described = { from: built, during: 'any', task: null, to: 'same' } as const;

/** What changes wires that the network service keeps; the guest goes on as it is. */
const wired = { from: existing, during: 'any', task: null, to: 'same' } as const;

/** A hard reboot is what one asks for when one of these does not come to its end. */
const stuck = [
  null,
  'rebooting',
  'rebooting_hard',
  'pausing',
  'unpausing',
  'suspending',
  'resuming',
] as const;

const interfaces = {
  from: ['active', 'paused', 'stopped'],
  during: atRest,
  task: null,
  to: 'same',
} as const;

/**
 * With the host, what was done there has come to nothing. What moves a server, takes it off its
 * host or deletes it answers for it itself, and goes on without that host, or gives up.
 */
const lostWithHost = [
  ...stuck,
  'powering-on',
  'powering-off',
  'rebuilding',
  'rebuild_spawning',
  'rescuing',
  'updating_password',
  'image_snapshot_pending',
  'image_snapshot',
  'image_pending_upload',
  'image_uploading',
  'image_backup',
] as const;

/**
 * The one table of what is legal when. `states.ts` asks it for refusals; this drawing and
 * `docs/server-states.md` are printed from it, and a test asks every cell. Deletion, which is legal
 * everywhere, is not drawn: nothing may keep a server from being deleted.
 *
 *   active ──stop──→ stopped
 *   active ──reboot-soft, reboot-hard──→ active
 *   active ──pause──→ paused
 *   active ──suspend──→ suspended
 *   active ──resize, migrate──→ resized
 *   active ──evacuate, rebuild──→ active | stopped
 *   active ──rescue──→ rescued
 *   active ──shelve──→ shelved | shelved_offloaded
 *   paused ──reboot-hard, unpause──→ active
 *   paused ──shelve──→ shelved | shelved_offloaded
 *   suspended ──reboot-hard, resume──→ active
 *   suspended ──shelve──→ shelved | shelved_offloaded
 *   stopped ──start, reboot-hard──→ active
 *   stopped ──resize, migrate──→ resized
 *   stopped ──evacuate, rebuild──→ active | stopped
 *   stopped ──rescue──→ rescued
 *   stopped ──shelve──→ shelved | shelved_offloaded
 *   rescued ──unrescue──→ active
 *   resized ──confirm-resize, revert-resize──→ active | stopped
 *   shelved ──shelve-offload──→ shelved_offloaded
 *   shelved ──unshelve──→ active
 *   shelved_offloaded ──unshelve──→ active
 *   soft-delete ──restore──→ active
 *   error ──stop──→ stopped
 *   error ──reboot-hard──→ active
 *   error ──evacuate, rebuild──→ active | stopped
 *   error ──rescue──→ rescued
 */
export const actionRules = {
  start: rule('start', ['stopped'], 'powering-on', ['active']),
  stop: rule('stop', ['active', 'error'], 'powering-off', ['stopped']),
  'reboot-soft': rule('reboot', ['active'], 'rebooting', ['active']),
  'reboot-hard': {
    ...rule('reboot', [...built, 'error'], 'rebooting_hard', ['active']),
    during: stuck,
  },
  pause: rule('pause', ['active'], 'pausing', ['paused']),
  unpause: rule('unpause', ['paused'], 'unpausing', ['active']),
  suspend: rule('suspend', ['active'], 'suspending', ['suspended']),
  resume: rule('resume', ['suspended'], 'resuming', ['active']),
  resize: rule('resize', ['active', 'stopped'], 'resize_prep', ['resized']),
  migrate: rule('migrate', ['active', 'stopped'], 'resize_prep', ['resized']),
  'confirm-resize': rule('confirm_resize', ['resized'], 'resize_confirming', ['active', 'stopped']),
  'revert-resize': rule('revert_resize', ['resized'], 'resize_reverting', ['active', 'stopped']),
  'live-migrate': rule('live_migrate', ['active', 'paused'], 'migrating', 'same'),
  evacuate: {
    ...rule('evacuate', ['active', 'stopped', 'error'], 'rebuilding', ['active', 'stopped']),
    during: lostWithHost,
  },
  rebuild: rule('rebuild', ['active', 'stopped', 'error'], 'rebuilding', ['active', 'stopped']),
  'create-image': rule('snapshot', built, 'image_snapshot_pending', 'same'),
  'create-backup': rule('backup', built, 'image_backup', 'same'),
  rescue: rule('rescue', ['active', 'stopped', 'error'], 'rescuing', ['rescued']),
  unrescue: rule('unrescue', ['rescued'], 'unrescuing', ['active']),
  shelve: rule('shelve', built, 'shelving', ['shelved', 'shelved_offloaded']),
  'shelve-offload': rule('shelve_offload', ['shelved'], 'shelving_offloading', [
    'shelved_offloaded',
  ]),
  unshelve: rule('unshelve', ['shelved', 'shelved_offloaded'], 'unshelving', ['active']),
  'change-password': rule('set_admin_password', ['active'], 'updating_password', 'same'),
  'trigger-crash-dump': rule(
    'trigger_crash_dump',
    ['active', 'paused', 'rescued', 'error'],
    null,
    'same',
  ),
  delete: { ...rule('delete', existing, 'deleting', ['deleted']), during: 'any' },
  'soft-delete': {
    ...rule('soft_delete', existing, 'soft-deleting', ['soft-delete']),
    during: 'any',
  },
  'force-delete': { ...rule('force_delete', existing, 'deleting', ['deleted']), during: 'any' },
  reclaim: rule('reclaim', ['soft-delete'], 'deleting', ['deleted']),
  restore: rule('restore', ['soft-delete'], 'restoring', ['active']),
  'attach-interface': { ...interfaces, attribute: 'attach_interface' },
  'detach-interface': { ...interfaces, attribute: 'detach_interface' },
  'add-fixed-ip': { ...wired, attribute: 'add_fixed_ip' },
  'remove-fixed-ip': { ...wired, attribute: 'remove_fixed_ip' },
  'add-floating-ip': { ...wired, attribute: 'associate_floating_ip' },
  'remove-floating-ip': { ...wired, attribute: 'disassociate_floating_ip' },
  'add-security-group': { ...wired, attribute: 'add_security_group' },
  'remove-security-group': { ...wired, attribute: 'remove_security_group' },
  'reset-network': { ...wired, attribute: 'reset_network' },
  'inject-network-info': { ...wired, attribute: 'inject_network_info' },
  'update-metadata': { ...described, attribute: 'update metadata' },
  'delete-metadata': { ...described, attribute: 'delete metadata' },
  'update-tags': { ...described, attribute: 'update tags' },
  'delete-tags': { ...described, attribute: 'delete tags' },
} as const satisfies Readonly<Record<string, ActionRule>>;

export type ServerAction = keyof typeof actionRules;

function rule(
  attribute: string,
  from: readonly VmState[],
  task: TaskState | null,
  to: ActionRule['to'],
): ActionRule {
  return { attribute, from, during: atRest, task, to };
}
