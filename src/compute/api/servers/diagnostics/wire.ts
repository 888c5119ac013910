import { type TSchema, Type } from 'typebox';
import type { GuestDiagnostics } from '#drivers/hypervisor/hypervisor.ts';
import { Wire } from '#endpoints/wire.ts';

export interface DiagnosticsView {
  diagnostics: GuestDiagnostics;
  hypervisor: string;
  hasConfigDrive: boolean;
}

type Nic = GuestDiagnostics['nics'][number];
type Disk = GuestDiagnostics['disks'][number];

const kibPerMib = 1024;

/**
 * Figures under names that every hypervisor chose itself until 2.47; these are those that users
 * of QEMU know.
 */
export function namedFigures(diagnostics: GuestDiagnostics): Record<string, number> {
  const { cpuTimesNs, disks, nics, memoryMib, usedMemoryMib } = diagnostics;
  const pairs: [string, number][] = [
    ...cpuTimesNs.map((ns, index): [string, number] => [`cpu${index}_time`, ns]),
    ...disks.flatMap((disk, index) => diskFigures(disk, `vd${letterOf(index)}`)),
    ['memory', memoryMib * kibPerMib],
    ['memory-actual', memoryMib * kibPerMib],
    ['memory-rss', usedMemoryMib * kibPerMib],
    ...nics.flatMap((nic, index) => nicFigures(nic, nic.device ?? `nic${index}`)),
  ];
  return Object.fromEntries(pairs);
}

function letterOf(index: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + index);
}

function diskFigures(disk: Disk, name: string): [string, number][] {
  return [
    [`${name}_read_req`, disk.readRequests],
    [`${name}_read`, disk.readBytes],
    [`${name}_write_req`, disk.writeRequests],
    [`${name}_write`, disk.writtenBytes],
    [`${name}_errors`, disk.errors],
  ];
}

function nicFigures({ received, sent }: Nic, name: string): [string, number][] {
  const ways = [
    ['rx', received],
    ['tx', sent],
  ] as const;
  return ways.flatMap(([way, traffic]): [string, number][] =>
    traffic === null
      ? []
      : [
          [`${name}_${way}`, traffic.octets],
          [`${name}_${way}_packets`, traffic.packets],
          [`${name}_${way}_errors`, traffic.errors],
          [`${name}_${way}_drop`, traffic.dropped],
        ],
  );
}

const closed = { additionalProperties: false };
const text = Type.String();
const integer = Type.Integer();
const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()]);

const cpuSchema = Type.Object({ id: integer, time: integer, utilisation: integer }, closed);

const nicNames = ['octets', 'packets', 'errors', 'drop', 'rate'];
const nicSchema = Type.Object(
  {
    mac_address: text,
    ...Object.fromEntries(
      ['rx', 'tx'].flatMap((way) => nicNames.map((name) => [`${way}_${name}`, orNull(integer)])),
    ),
  },
  closed,
);

const diskSchema = Type.Object(
  {
    read_bytes: integer,
    read_requests: integer,
    write_bytes: integer,
    write_requests: integer,
    errors_count: integer,
  },
  closed,
);

function cpusOf({ cpuTimesNs, uptimeS }: GuestDiagnostics) {
  const percentOf = (ns: number) => Math.round(ns / 1e7 / Math.max(uptimeS, 1));
  return cpuTimesNs.map((time, id) => {
    return { id, time, utilisation: Math.min(100, percentOf(time)) };
  });
}

function nicOf({ macAddress, received, sent }: Nic) {
  const ways = { rx: received, tx: sent };
  const figures = Object.entries(ways).flatMap(([way, traffic]) => [
    [`${way}_octets`, traffic?.octets ?? null],
    [`${way}_packets`, traffic?.packets ?? null],
    [`${way}_errors`, traffic?.errors ?? null],
    [`${way}_drop`, traffic?.dropped ?? null],
    // Nobody measures how fast they grow.
    [`${way}_rate`, null],
  ]);
  return { mac_address: macAddress, ...Object.fromEntries(figures) };
}

function diskOf(disk: Disk) {
  return {
    read_bytes: disk.readBytes,
    read_requests: disk.readRequests,
    write_bytes: disk.writtenBytes,
    write_requests: disk.writeRequests,
    errors_count: disk.errors,
  };
}

/** The shape that all hypervisors share since 2.48. */
export const diagnosticsWire = new Wire<DiagnosticsView, void>([
  { name: 'state', schema: text, value: ({ diagnostics }) => diagnostics.state },
  { name: 'driver', schema: text, value: ({ hypervisor }) => hypervisor },
  { name: 'hypervisor', schema: text, value: ({ hypervisor }) => hypervisor },
  { name: 'hypervisor_os', schema: text, value: () => 'linux' },
  { name: 'uptime', schema: integer, value: ({ diagnostics }) => diagnostics.uptimeS },
  {
    name: 'config_drive',
    schema: Type.Boolean(),
    value: ({ hasConfigDrive }) => hasConfigDrive,
  },
  { name: 'num_cpus', schema: integer, value: ({ diagnostics }) => diagnostics.cpuTimesNs.length },
  { name: 'num_nics', schema: integer, value: ({ diagnostics }) => diagnostics.nics.length },
  { name: 'num_disks', schema: integer, value: ({ diagnostics }) => diagnostics.disks.length },
  {
    name: 'cpu_details',
    schema: Type.Array(cpuSchema),
    value: ({ diagnostics }) => cpusOf(diagnostics),
  },
  {
    name: 'nic_details',
    schema: Type.Array(nicSchema),
    value: ({ diagnostics }) => diagnostics.nics.map(nicOf),
  },
  {
    name: 'disk_details',
    schema: Type.Array(diskSchema),
    value: ({ diagnostics }) => diagnostics.disks.map(diskOf),
  },
  {
    name: 'memory_details',
    schema: Type.Object({ maximum: integer, used: integer }, closed),
    value: ({ diagnostics: { memoryMib: maximum, usedMemoryMib: used } }) => ({ maximum, used }),
  },
]);
