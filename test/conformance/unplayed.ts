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
const volumes = 'volumes are still to come';
const removed = 'removed from Nova';

function later(resource: string, why: string, call: string, names?: RegExp): Unplayed {
  return { resource, why, call, ...(names && { names }) };
}

function gone(resource: string, call: string, names?: RegExp): Unplayed {
  return { resource, why: removed, gone: call, ...(names && { names }) };
}

const removedOnes: readonly Unplayed[] = [
  gone('consoles', `GET ${one}/consoles`),
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
