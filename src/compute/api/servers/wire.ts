import { hash } from 'node:crypto';
import { Type } from 'typebox';
import { isoMicros, isoSeconds } from '#base/clock.ts';
import {
  bookmarkLink,
  type LinkBases,
  linkBasesOf,
  linksSchema,
  resourceLinks,
} from '#compute/api/links.ts';
import type { FlavorSnapshot } from '#compute/servers/server.ts';
import type { Call } from '#endpoints/endpoint.ts';
import { Wire, type WireField } from '#endpoints/wire.ts';
import { isAdmin } from '#policy/actor.ts';
import { addressesOf, progressOf, type ServerView, securityGroupsOf } from './server-view.ts';
import {
  addressesSchema,
  faultSchema,
  flavorReference,
  flavorWhole,
  groupNames,
  imageSchema,
  text,
  textMap,
  textOrNull,
  volumesAttached,
} from './wire-schemas.ts';

/** What the wire form of a server depends on besides the server. */
export interface WireContext {
  links: LinkBases;
  isAdmin: boolean;
  /** Those of this answer, by project and host: a list shows the same few again and again. */
  hostIds: Map<string, string>;
}

export function wireContext(call: Call<unknown, unknown, unknown>): WireContext {
  return { links: linkBasesOf(call), isAdmin: isAdmin(call.actor), hostIds: new Map() };
}

type Field = WireField<ServerView, WireContext>;

const forAdmins =
  (value: Field['value']): Field['value'] =>
  (view, context) =>
    context.isAdmin ? value(view, context) : undefined;

function embeddedFlavor(flavor: FlavorSnapshot): object {
  return {
    vcpus: flavor.vcpus,
    ram: flavor.memoryMib,
    disk: flavor.diskGib,
    ephemeral: flavor.ephemeralGib,
    swap: flavor.swapMib,
    original_name: flavor.name,
    extra_specs: flavor.extraSpecs,
  };
}

/** Tells hosts apart without naming them, differently for every project. */
function hostIdOf({ server }: ServerView, { hostIds }: WireContext): string {
  if (server.host === null) return '';
  const named = server.projectId + server.host;
  const hostId = hostIds.get(named) ?? hash('sha224', named);
  hostIds.set(named, hostId);
  return hostId;
}

const identityFields: readonly Field[] = [
  { name: 'id', schema: text, value: ({ server }) => server.id },
  { name: 'name', schema: text, value: ({ server }) => server.name },
  { name: 'status', schema: text, value: ({ status }) => status },
  { name: 'tenant_id', schema: text, value: ({ server }) => server.projectId },
  { name: 'user_id', schema: text, value: ({ server }) => server.userId },
  { name: 'metadata', schema: textMap, value: ({ server }) => server.metadata },
  { name: 'hostId', schema: text, value: hostIdOf },
];

const originFields: readonly Field[] = [
  {
    name: 'image',
    schema: imageSchema,
    value: ({ server }, context) => ({
      id: server.imageId,
      links: [bookmarkLink(context.links, 'images', server.imageId)],
    }),
  },
  {
    name: 'flavor',
    schema: flavorReference,
    until: '2.46',
    value: ({ server }, context) => ({
      id: server.flavor.id,
      links: [bookmarkLink(context.links, 'flavors', server.flavor.id)],
    }),
  },
  {
    name: 'flavor',
    schema: flavorWhole,
    since: '2.47',
    value: ({ server }) => embeddedFlavor(server.flavor),
  },
  { name: 'created', schema: text, value: ({ server }) => isoSeconds(server.createdMs) },
  { name: 'updated', schema: text, value: ({ server }) => isoSeconds(server.updatedMs) },
];

const settingFields: readonly Field[] = [
  { name: 'addresses', schema: addressesSchema, value: addressesOf },
  { name: 'accessIPv4', schema: text, value: ({ server }) => server.accessIpv4 },
  { name: 'accessIPv6', schema: text, value: ({ server }) => server.accessIpv6 },
  {
    name: 'links',
    schema: linksSchema,
    value: ({ server }, context) => resourceLinks(context.links, 'servers', server.id),
  },
  { name: 'OS-DCF:diskConfig', schema: text, value: ({ server }) => server.diskConfig },
  {
    name: 'progress',
    schema: Type.Integer(),
    optional: true,
    value: (view) =>
      ['ACTIVE', 'BUILD', 'REBOOT'].includes(view.status) ? progressOf(view) : undefined,
  },
  {
    name: 'OS-EXT-AZ:availability_zone',
    schema: text,
    value: ({ server }) => server.availabilityZone ?? '',
  },
  { name: 'config_drive', schema: text, value: ({ server }) => (server.configDrive ? 'True' : '') },
  { name: 'key_name', schema: textOrNull, value: ({ server }) => server.keyName },
  {
    name: 'OS-SRV-USG:launched_at',
    schema: textOrNull,
    value: ({ server }) => (server.launchedMs === null ? null : isoMicros(server.launchedMs)),
  },
  {
    name: 'OS-SRV-USG:terminated_at',
    schema: textOrNull,
    value: ({ server }) => (server.terminatedMs === null ? null : isoMicros(server.terminatedMs)),
  },
  { name: 'security_groups', schema: groupNames, optional: true, value: securityGroupsOf },
];

const stateFields: readonly Field[] = [
  {
    name: 'OS-EXT-SRV-ATTR:host',
    schema: textOrNull,
    optional: true,
    value: forAdmins(({ server }) => server.host),
  },
  {
    name: 'OS-EXT-SRV-ATTR:instance_name',
    schema: text,
    optional: true,
    value: forAdmins(({ server }) => server.instanceName),
  },
  {
    name: 'OS-EXT-SRV-ATTR:hypervisor_hostname',
    schema: textOrNull,
    optional: true,
    value: forAdmins(({ server }) => server.host),
  },
  { name: 'OS-EXT-STS:task_state', schema: textOrNull, value: ({ server }) => server.taskState },
  { name: 'OS-EXT-STS:vm_state', schema: text, value: ({ server }) => server.vmState },
  {
    name: 'OS-EXT-STS:power_state',
    schema: Type.Integer(),
    value: ({ server }) => server.powerState,
  },
  { name: 'os-extended-volumes:volumes_attached', schema: volumesAttached, value: () => [] },
  {
    name: 'fault',
    schema: faultSchema,
    optional: true,
    value: ({ server }, { isAdmin: admin }) => {
      const isShown = server.vmState === 'error' || server.vmState === 'deleted';
      if (!server.fault || !isShown) return undefined;
      const { code, message, details, createdMs } = server.fault;
      const shown = { code, created: isoSeconds(createdMs), message };
      return admin && details ? { ...shown, details } : shown;
    },
  },
];

const laterFields: readonly Field[] = [
  {
    name: 'OS-EXT-SRV-ATTR:hostname',
    schema: text,
    optional: true,
    since: '2.3',
    until: '2.89',
    value: forAdmins(({ server }) => server.hostname),
  },
  {
    name: 'OS-EXT-SRV-ATTR:hostname',
    schema: text,
    since: '2.90',
    value: ({ server }) => server.hostname,
  },
  {
    name: 'OS-EXT-SRV-ATTR:reservation_id',
    schema: text,
    optional: true,
    since: '2.3',
    value: forAdmins(({ server }) => server.reservationId),
  },
  {
    name: 'OS-EXT-SRV-ATTR:launch_index',
    schema: Type.Integer(),
    optional: true,
    since: '2.3',
    value: forAdmins(({ server }) => server.launchIndex),
  },
  {
    name: 'OS-EXT-SRV-ATTR:kernel_id',
    schema: text,
    optional: true,
    since: '2.3',
    value: forAdmins(() => ''),
  },
  {
    name: 'OS-EXT-SRV-ATTR:ramdisk_id',
    schema: text,
    optional: true,
    since: '2.3',
    value: forAdmins(() => ''),
  },
  {
    name: 'OS-EXT-SRV-ATTR:root_device_name',
    schema: textOrNull,
    optional: true,
    since: '2.3',
    value: forAdmins(() => '/dev/vda'),
  },
  {
    name: 'OS-EXT-SRV-ATTR:user_data',
    schema: textOrNull,
    optional: true,
    since: '2.3',
    value: forAdmins(({ server }) => server.userData),
  },
  { name: 'locked', schema: Type.Boolean(), since: '2.9', value: ({ server }) => server.isLocked },
  {
    name: 'host_status',
    schema: text,
    optional: true,
    since: '2.16',
    value: forAdmins(hostStatus),
  },
  {
    name: 'description',
    schema: textOrNull,
    since: '2.19',
    value: ({ server }) => server.description,
  },
  { name: 'tags', schema: Type.Array(text), since: '2.26', value: () => [] },
  {
    name: 'trusted_image_certificates',
    schema: Type.Union([Type.Array(text), Type.Null()]),
    since: '2.63',
    value: () => null,
  },
  { name: 'server_groups', schema: Type.Array(text), since: '2.71', value: () => [] },
  {
    name: 'locked_reason',
    schema: textOrNull,
    since: '2.73',
    value: ({ server }) => server.lockedReason,
  },
  {
    name: 'pinned_availability_zone',
    schema: textOrNull,
    since: '2.96',
    value: ({ server }) => server.pinnedZone,
  },
];

function hostStatus({ server }: ServerView): string {
  return server.host === null ? '' : 'UP';
}

/** A server as `GET /servers/{id}` and `/servers/detail` show it, in every microversion. */
export const serverWire = new Wire<ServerView, WireContext>([
  ...identityFields,
  ...originFields,
  ...settingFields,
  ...stateFields,
  ...laterFields,
]);

/** A server as the short list shows it. */
export const serverSummaryWire = new Wire<ServerView, WireContext>([
  { name: 'id', schema: text, value: ({ server }) => server.id },
  { name: 'name', schema: text, value: ({ server }) => server.name },
  {
    name: 'links',
    schema: linksSchema,
    value: ({ server }, context) => resourceLinks(context.links, 'servers', server.id),
  },
]);
