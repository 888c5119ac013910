import { Type } from 'typebox';
import { compareMicroversions, parseMicroversion } from '#base/microversion.ts';
import { linksSchema, resourceLinks } from '#compute/api/links.ts';
import { Wire } from '#endpoints/wire.ts';
import { plainAddressesOf, type ServerView } from './server-view.ts';
import { type Field, hostIdOf, type WireContext } from './wire-context.ts';
import { firstFields } from './wire-first.ts';
import { laterFields } from './wire-later.ts';
import { plainAddressesSchema, text, textOrNull } from './wire-schemas.ts';

type ServerWire = Wire<ServerView, WireContext>;

const groupField: Field = {
  name: 'server_groups',
  schema: Type.Array(text),
  since: '2.71',
  value: ({ groupIds }) => groupIds,
};

/** A server as `/servers/detail` shows it, in every microversion. */
export const detailWire: ServerWire = new Wire([...firstFields, ...laterFields]);

/** A server as `GET /servers/{id}` shows it. */
export const serverWire: ServerWire = new Wire([...firstFields, ...laterFields, groupField]);

/** From here on an update answers with all that is shown of a server. */
const updateIsWhole = '2.75';

const missingInUpdates = [
  /^OS-EXT-/,
  /^OS-SRV-USG:/,
  /^os-extended-volumes:/,
  /^(addresses|config_drive|key_name|security_groups|host_status|os:scheduler_hints)$/,
];

function isBefore(a: string | undefined, b: string): boolean {
  const [first, second] = [parseMicroversion(a ?? '2.9999'), parseMicroversion(b)];
  return first !== undefined && second !== undefined && compareMicroversions(first, second) < 0;
}

function inUpdates(field: Field): Field[] {
  if (!missingInUpdates.some((names) => names.test(field.name))) return [field];
  if (isBefore(field.until, updateIsWhole)) return [];
  return [isBefore(field.since ?? '2.1', updateIsWhole) ? { ...field, since: '2.75' } : field];
}

/** A server as `PUT /servers/{id}` answers: much less than that before 2.75. */
export const updatedWire: ServerWire = new Wire([
  ...serverWire.fields.flatMap(inUpdates),
  { name: 'addresses', schema: plainAddressesSchema, until: '2.74', value: plainAddressesOf },
]);

const legacyFields: readonly Field[] = [
  { name: 'progress', schema: Type.Integer(), value: () => 0 },
  {
    name: 'OS-EXT-SRV-ATTR:host',
    schema: textOrNull,
    value: hostNameOf,
  },
  { name: 'OS-EXT-SRV-ATTR:hypervisor_hostname', schema: textOrNull, value: hostNameOf },
  {
    name: 'OS-EXT-SRV-ATTR:instance_name',
    schema: text,
    value: ({ server }) => server.instanceName,
  },
  { name: 'OS-EXT-SRV-ATTR:root_device_name', schema: text, value: () => '/dev/vda' },
  {
    name: 'OS-EXT-SERVICE:service_state',
    schema: text,
    value: ({ hostStatus }) => (hostStatus === 'UP' ? 'up' : 'down'),
  },
  { name: 'group', schema: text, value: ({ groupIds }) => groupIds[0] ?? '' },
  { name: 'tags', schema: Type.Array(text), value: ({ tags }) => tags },
];

/** The reference shows everyone a host; who may not know its name sees what tells it apart. */
function hostNameOf(view: ServerView, context: WireContext): string | null {
  const { host } = view.server;
  return host === null || context.isAdmin ? host : hostIdOf(view, context);
}

const legacyNames = new Set(legacyFields.map((field) => field.name));

/** A server as `/v2` shows it: the reference's 4.3 and 4.5, with what only their examples have. */
export const legacyWire: ServerWire = new Wire([
  ...detailWire.fields.filter((field) => !legacyNames.has(field.name)),
  ...legacyFields,
]);

/** A server as the short list shows it. */
export const summaryWire: ServerWire = new Wire([
  { name: 'id', schema: text, value: ({ server }) => server.id },
  { name: 'name', schema: text, value: ({ server }) => server.name },
  {
    name: 'links',
    schema: linksSchema,
    value: ({ server }, context) => resourceLinks(context.links, 'servers', server.id),
  },
]);
