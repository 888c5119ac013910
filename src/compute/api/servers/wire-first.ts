import { Type } from 'typebox';
import { isoMicros, isoSeconds } from '#base/clock.ts';
import { bookmarkLink, linksSchema, resourceLinks } from '#compute/api/links.ts';
import type { FlavorSnapshot } from '#compute/servers/server.ts';
import { addressesOf, type ServerView, securityGroupsOf } from './server-view.ts';
import { type Field, forAdmins, hostIdOf, type WireContext } from './wire-context.ts';
import {
  addressesSchema,
  faultSchema,
  flavorReference,
  flavorWhole,
  groupNames,
  imageSchema,
  imageWithProperties,
  text,
  textMap,
  textOrNull,
  volumeIds,
  volumesAttached,
} from './wire-schemas.ts';

/** Nova shows a progress in these, and it is always 0. */
const statusesWithProgress = ['ACTIVE', 'BUILD', 'REBUILD', 'RESIZE', 'VERIFY_RESIZE', 'MIGRATING'];

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

/** Empty for a server without an image. */
function imageOf({ server }: ServerView, { links }: WireContext) {
  if (server.imageId === '') return '';
  return { id: server.imageId, links: [bookmarkLink(links, 'images', server.imageId)] };
}

/** With the image's properties as they were when the server was made from it. */
function imageWithPropertiesOf(view: ServerView, context: WireContext) {
  const image = imageOf(view, context);
  if (image === '') return image;
  const { disk_format: _, ...properties } = view.server.imageProperties;
  return { ...image, properties };
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
  { name: 'image', schema: imageSchema, until: '2.97', value: imageOf },
  { name: 'image', schema: imageWithProperties, since: '2.98', value: imageWithPropertiesOf },
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
    value: ({ status }) => (statusesWithProgress.includes(status) ? 0 : undefined),
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
  {
    name: 'os-extended-volumes:volumes_attached',
    schema: volumeIds,
    until: '2.2',
    value: () => [],
  },
  {
    name: 'os-extended-volumes:volumes_attached',
    schema: volumesAttached,
    since: '2.3',
    value: () => [],
  },
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

/** What servers have shown since 2.1. */
export const firstFields: readonly Field[] = [
  ...identityFields,
  ...originFields,
  ...settingFields,
  ...stateFields,
];
