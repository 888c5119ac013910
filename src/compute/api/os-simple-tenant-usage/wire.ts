import { Type } from 'typebox';
import { isoMicros } from '#base/clock.ts';
import { diskGibOf, type ProjectUsage, type UsedServer } from '#compute/usage/usage.ts';
import { Wire } from '#endpoints/wire.ts';

interface ServerUsage {
  server: UsedServer;
  hours: number;
}

export interface UsageContext {
  nowMs: number;
}

const text = Type.String();
const integer = Type.Integer();
const number = Type.Number();

const serverUsageWire = new Wire<ServerUsage, UsageContext>([
  { name: 'instance_id', schema: text, value: ({ server }) => server.id },
  { name: 'name', schema: text, value: ({ server }) => server.name },
  { name: 'tenant_id', schema: text, value: ({ server }) => server.projectId },
  { name: 'flavor', schema: text, value: ({ server }) => server.flavor.name },
  { name: 'vcpus', schema: integer, value: ({ server }) => server.flavor.vcpus },
  { name: 'memory_mb', schema: integer, value: ({ server }) => server.flavor.memoryMib },
  { name: 'local_gb', schema: integer, value: ({ server }) => diskGibOf(server.flavor) },
  { name: 'hours', schema: number, value: ({ hours }) => hours },
  { name: 'started_at', schema: text, value: ({ server }) => isoMicros(server.launchedMs) },
  {
    name: 'ended_at',
    schema: Type.Union([text, Type.Null()]),
    value: ({ server }) => (server.terminatedMs === null ? null : isoMicros(server.terminatedMs)),
  },
  {
    name: 'state',
    schema: text,
    value: ({ server }) => (server.terminatedMs === null ? server.vmState : 'terminated'),
  },
  {
    // Of its whole life so far, not only of the period.
    name: 'uptime',
    schema: integer,
    value: ({ server: { launchedMs, terminatedMs } }, { nowMs }) =>
      Math.max(0, Math.floor(((terminatedMs ?? nowMs) - launchedMs) / 1000)),
  },
]);

export const usageWire = new Wire<ProjectUsage, UsageContext & { serversOf: ServersOf }>([
  { name: 'tenant_id', schema: text, value: ({ projectId }) => projectId },
  { name: 'start', schema: text, value: ({ period }) => isoMicros(period.startMs) },
  { name: 'stop', schema: text, value: ({ period }) => isoMicros(period.stopMs) },
  { name: 'total_hours', schema: number, value: ({ hours }) => hours },
  { name: 'total_vcpus_usage', schema: number, value: ({ vcpuHours }) => vcpuHours },
  { name: 'total_memory_mb_usage', schema: number, value: ({ memoryMibHours }) => memoryMibHours },
  { name: 'total_local_gb_usage', schema: number, value: ({ diskGibHours }) => diskGibHours },
  {
    name: 'server_usages',
    optional: true,
    schema: Type.Array(serverUsageWire.schema),
    value: (usage, { serversOf }) => serversOf(usage),
  },
]);

type ServersOf = (usage: ProjectUsage) => object[] | undefined;

/** Renders servers in the version of the request. */
export function usageContext(
  nowMs: number,
  version: Parameters<typeof serverUsageWire.render>[1],
): UsageContext & { serversOf: ServersOf } {
  const context = { nowMs };
  const serversOf: ServersOf = ({ servers }) =>
    servers?.map((one) => serverUsageWire.render(one, version, context));
  return { nowMs, serversOf };
}
