import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { hostErrors } from '#compute/hosts/errors.ts';
import type { HostTake } from '#compute/hosts/take.ts';
import { readTakes } from '#compute/hosts/takes.ts';
import { listServices } from '#compute/services/read.ts';
import { hostTarget } from './target.ts';

const closed = { additionalProperties: false };
const text = Type.String();
const integer = Type.Integer();

const host = Type.Object({ host_name: text, service: text, zone: text }, closed);

export const listHosts = endpoint({
  until: '2.42',
  method: 'GET',
  path: '/os-hosts',
  summary: 'Lists the services that are in use, by host.',
  requires: ['ecs:hosts:list'],
  query: Type.Object({ zone: Type.Optional(text) }),
  status: 200,
  response: Type.Object({ hosts: Type.Array(host) }, closed),
  handle: async (service, call) => {
    const { zone } = call.query;
    const rows = await listServices(service);
    const hosts = rows
      .filter((row) => row.isEnabled && (!zone || row.zone === zone))
      .map((row) => ({
        host_name: row.host,
        service: row.binary.replace(/^nova-/, ''),
        zone: row.zone,
      }));
    return { hosts };
  },
});

const resource = Type.Object(
  { host: text, project: text, cpu: integer, memory_mb: integer, disk_gb: integer },
  closed,
);

export const showHost = endpoint({
  until: '2.42',
  method: 'GET',
  path: '/os-hosts/{host_name}',
  summary: 'Shows what a host has, and what each project takes of it.',
  requires: ['ecs:hosts:get'],
  target: hostTarget,
  status: 200,
  isKept: true,
  response: Type.Object({ host: Type.Array(Type.Object({ resource }, closed)) }, closed),
  errors: [hostErrors.notFound],
  handle: async (service, _call, row) => {
    const takes = await readTakes(service, row);
    return { host: takes.map((take) => ({ resource: resourceOf(row.name, take) })) };
  },
});

function resourceOf(name: string, { project, vcpus, memoryMib, diskGib }: HostTake): object {
  return { host: name, project, cpu: vcpus, memory_mb: memoryMib, disk_gb: diskGib };
}
