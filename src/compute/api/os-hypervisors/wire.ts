import { type TSchema, Type } from 'typebox';
import type { HostedServer, Hypervisor } from '#compute/hypervisors/hypervisor.ts';
import { Wire, type WireField } from '#endpoints/wire.ts';
import { figureRows } from './figures.ts';

/** A hypervisor with what its forms need from elsewhere. */
export interface HypervisorView {
  hypervisor: Hypervisor;
  /** Undefined when they were not asked for. */
  servers?: readonly HostedServer[] | undefined;
  uptime?: string | null;
}

type Field = WireField<HypervisorView, void>;

const text = Type.String();
const textOrNull = Type.Union([Type.String(), Type.Null()]);
const integer = Type.Integer();

const named: readonly Field[] = [
  { name: 'id', schema: integer, until: '2.52', value: ({ hypervisor }) => hypervisor.number },
  { name: 'id', schema: text, since: '2.53', value: ({ hypervisor }) => hypervisor.uuid },
  { name: 'hypervisor_hostname', schema: text, value: ({ hypervisor }) => hypervisor.host },
  { name: 'state', schema: text, value: ({ hypervisor }) => (hypervisor.isUp ? 'up' : 'down') },
  {
    name: 'status',
    schema: text,
    value: ({ hypervisor }) => (hypervisor.isEnabled ? 'enabled' : 'disabled'),
  },
];

const serversSchema = Type.Array(Type.Object({ name: text, uuid: text }));

function serversOf({ servers }: HypervisorView) {
  return servers?.map(({ instanceName: name, id: uuid }) => ({ name, uuid }));
}

/** None are left out, or shown as an empty list since 2.75. */
const hosted: readonly Field[] = [
  {
    name: 'servers',
    since: '2.53',
    until: '2.74',
    optional: true,
    schema: serversSchema,
    value: (view) => (view.servers?.length ? serversOf(view) : undefined),
  },
  { name: 'servers', since: '2.75', optional: true, schema: serversSchema, value: serversOf },
];

const serviceOf = (id: TSchema) =>
  Type.Object({ host: text, id, disabled_reason: textOrNull }, { additionalProperties: false });

const cpuSchema = Type.Object({
  arch: text,
  model: text,
  vendor: text,
  features: Type.Array(text),
  topology: Type.Object({ sockets: integer, cores: integer, threads: integer }),
});

function cpuOf({ hypervisor: { architecture: arch, cpu } }: HypervisorView) {
  const { model, vendor, features, topology } = cpu;
  return { arch, model, vendor, features, topology };
}

const described: readonly Field[] = [
  { name: 'hypervisor_type', schema: text, value: ({ hypervisor }) => hypervisor.type },
  { name: 'hypervisor_version', schema: integer, value: ({ hypervisor }) => hypervisor.version },
  { name: 'host_ip', schema: text, value: ({ hypervisor }) => hypervisor.address },
  {
    name: 'service',
    until: '2.52',
    schema: serviceOf(integer),
    value: ({ hypervisor: { host, number: id, disabledReason: disabled_reason } }) => ({
      host,
      id,
      disabled_reason,
    }),
  },
  {
    name: 'service',
    since: '2.53',
    schema: serviceOf(text),
    value: ({ hypervisor: { host, serviceUuid: id, disabledReason: disabled_reason } }) => ({
      host,
      id,
      disabled_reason,
    }),
  },
  {
    name: 'cpu_info',
    until: '2.27',
    schema: text,
    value: (view) => JSON.stringify(cpuOf(view)),
  },
  { name: 'cpu_info', since: '2.28', until: '2.87', schema: cpuSchema, value: cpuOf },
];

const figures: readonly Field[] = figureRows.map(([name, of]) => ({
  name,
  until: '2.87',
  schema: integer,
  value: ({ hypervisor }) => of(hypervisor),
}));

const uptime: Field = {
  name: 'uptime',
  schema: textOrNull,
  value: (view) => view.uptime ?? null,
};

/** As lists show it. */
export const hypervisorWire = new Wire<HypervisorView, void>([...named, ...hosted]);

/** With all that is known of it. */
export const hypervisorDetailWire = new Wire<HypervisorView, void>([
  ...named,
  ...described,
  ...figures,
  ...hosted,
  { ...uptime, since: '2.88' },
]);

/** With nothing but its uptime, until that was shown with the rest. */
export const hypervisorUptimeWire = new Wire<HypervisorView, void>([...named, uptime]);

/** With its servers, where it has any, as it was until 2.52. */
export const hypervisorServersWire = new Wire<HypervisorView, void>([
  ...named,
  {
    name: 'servers',
    optional: true,
    schema: serversSchema,
    value: (view) => (view.servers?.length ? serversOf(view) : undefined),
  },
]);
