import type { Sample } from './samples.ts';

/** Samples that are not played, and why. This list may only become shorter. */
export interface Unplayed {
  /** Folder of the samples, and their names where only some are meant. */
  resource: string;
  names?: RegExp;
  /** Only these versions of them. */
  versions?: readonly string[];
  why: string;
  /** What they are of: not served in their version; if it were, they would have to be played. */
  call?: string;
  /** They belong to an API that answers 410, in Nova as here. */
  gone?: string;
}

const one = '/servers/{id}';
const action = (name: string) => `POST ${one}/action ${name}`;
const actions = 'an action that is still to come';
const volumes = 'volumes are still to come';
const moves = 'servers do not move between hosts yet';
const removed = 'removed from Nova';

function later(resource: string, why: string, call: string, names?: RegExp): Unplayed {
  return { resource, why, call, ...(names && { names }) };
}

function gone(resource: string, call: string, names?: RegExp): Unplayed {
  return { resource, why: removed, gone: call, ...(names && { names }) };
}

const removedOnes: readonly Unplayed[] = [
  gone('consoles', `GET ${one}/consoles`),
  gone('os-admin-actions', action('injectNetworkInfo'), /inject-network-info/),
  gone('os-admin-actions', action('resetNetwork'), /reset-network/),
  gone('os-agents', 'GET /os-agents'),
  gone('os-cells', 'GET /os-cells'),
  gone('os-certificates', 'POST /os-certificates'),
  gone('os-cloudpipe', 'GET /os-cloudpipe'),
  gone('os-fixed-ips', 'GET /os-fixed-ips/{id}'),
  gone('os-floating-ip-dns', 'GET /os-floating-ip-dns'),
  gone('os-floating-ips-bulk', 'GET /os-floating-ips-bulk'),
  gone('os-fping', 'GET /os-fping'),
  gone('os-networks-associate', 'POST /os-networks/{id}/action associate_host'),
  gone('os-security-group-default-rules', 'GET /os-security-group-default-rules'),
  gone('os-virtual-interfaces', `GET ${one}/os-virtual-interfaces`),
];

const laterOnes: readonly Unplayed[] = [
  later('os-admin-actions', actions, action('os-resetState'), /reset-server-state/),
  later('os-admin-password', actions, action('changePassword')),
  later('os-create-backup', actions, action('createBackup')),
  later('os-deferred-delete', actions, action('forceDelete')),
  later('os-evacuate', moves, action('evacuate')),
  later('os-migrate-server', moves, action('migrate')),
  later('os-pause-server', actions, action('pause')),
  later('os-preserve-ephemeral-rebuild', actions, action('rebuild')),
  later('os-rescue', actions, action('rescue')),
  later('os-shelve', actions, action('shelve')),
  later('os-suspend-server', actions, action('suspend')),
  later('servers', actions, action('rebuild'), /rebuild/),
  later('servers', actions, action('resize'), /resize/),
  later('servers', actions, action('createImage'), /create-image/),
  later('servers', actions, action('trigger_crash_dump'), /crash-dump/),
  later('server-migrations', moves, action('os-migrateLive'), /live-migrate/),
  later(
    'server-migrations',
    moves,
    `POST ${one}/migrations/{id}/action force_complete`,
    /force_complete/,
  ),
  later('os-snapshots', volumes, 'GET /os-snapshots'),
  later('os-volumes', volumes, 'GET /os-volumes'),
  later('os-volume_attachments', volumes, `GET ${one}/os-volume_attachments`),
];

/** Nothing that could be served would look like these. */
const others: readonly Unplayed[] = [
  {
    resource: 'os-quota-sets-noop',
    why: "a driver of Nova's that counts nothing; here everything is counted",
  },
  {
    resource: 'os-baremetal-nodes',
    why: 'there are no bare-metal nodes; the lists are empty and nothing can be shown',
  },
  { resource: 'servers', names: /down-cell/, why: 'there are no cells that could be down' },
  {
    resource: 'servers',
    names: /^(server-get|servers-details|servers-list)-resp$/,
    versions: ['2.69'],
    why: 'there are no cells that could be down',
  },
  {
    resource: 'servers',
    names: /^server-create-req-v2/,
    why: 'forms of later versions that the folder of 2.1 holds; those versions have their own',
  },
  {
    resource: 'os-services',
    versions: ['2.69'],
    why: 'there are no cells that could be down',
  },
  {
    resource: 'os-hosts',
    names: /reboot|shutdown|startup/,
    why: 'the power of hosts is not ours to change; answered with 501, as Nova with QEMU does',
  },
  {
    resource: 'os-server-diagnostics',
    versions: ['2.1'],
    why: 'every hypervisor has names of its own for these',
  },
  {
    resource: 'os-server-shares',
    names: /create|show|delete/,
    why: 'there is no service for shares; whichever is named is not found',
  },
  {
    resource: 'os-assisted-volume-snapshots',
    why: 'no volume is a file beside a disk; whichever is named is not found',
  },
  { resource: 'os-remote-consoles', names: /rdp|spice|mks/, why: 'only VNC and serial are served' },
  { resource: 'os-console-auth-tokens', names: /spice/, why: 'only VNC and serial are served' },
  {
    resource: 'os-networks',
    names: /network-(add|create)/,
    why: 'networks are made by the network service; Nova answers 410, as is done here',
  },
  {
    resource: 'os-tenant-networks',
    names: /post/,
    why: 'networks are made by the network service; Nova answers 410, as is done here',
  },
];

export const unplayed: readonly Unplayed[] = [...removedOnes, ...laterOnes, ...others];

export function isMeant({ resource, names, versions }: Unplayed, sample: Sample): boolean {
  if (resource !== sample.resource || !(names?.test(sample.name) ?? true)) return false;
  return versions?.includes(sample.version) ?? true;
}
