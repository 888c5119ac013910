import { type TSchema, Type } from 'typebox';
import { isoMicros } from '#base/clock.ts';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { readInnerServices, listZones as readZones, type Zone } from '#compute/zones/list.ts';

const closed = { additionalProperties: false };

function answerOf(hosts: TSchema) {
  const zoneState = Type.Object({ available: Type.Boolean() }, closed);
  const zone = Type.Object({ zoneName: Type.String(), zoneState, hosts }, closed);
  return Type.Object({ availabilityZoneInfo: Type.Array(zone) }, closed);
}

const service = Type.Object(
  {
    active: Type.Boolean(),
    available: Type.Boolean(),
    updated_at: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
);

const servicesByHost = Type.Record(Type.String(), Type.Record(Type.String(), service));

export const listZones = endpoint({
  method: 'GET',
  path: '/os-availability-zone',
  summary: 'Lists the availability zones.',
  requires: ['ecs:availabilityZones:list'],
  query: noQuery,
  status: 200,
  isKept: true,
  response: answerOf(Type.Null()),
  handle: async (service) => {
    const zones = await readZones(service);
    return { availabilityZoneInfo: zones.map((zone) => ({ ...shared(zone), hosts: null })) };
  },
});

/** Names hosts, so it is for those who may see the services. */
export const listZonesDetail = endpoint({
  method: 'GET',
  path: '/os-availability-zone/detail',
  summary: 'Lists the availability zones with their hosts and services.',
  requires: ['ecs:availabilityZones:list', 'ecs:services:list'],
  query: noQuery,
  status: 200,
  response: answerOf(Type.Union([servicesByHost, Type.Null()])),
  handle: async (service) => {
    const zones = (await readZones(service)).map((zone) => ({
      ...shared(zone),
      hosts: zone.isAvailable ? hostsOf(zone) : null,
    }));
    const internal = {
      zoneName: 'internal',
      zoneState: { available: true },
      hosts: innerHosts(await readInnerServices(service)),
    };
    return { availabilityZoneInfo: [...zones, internal] };
  },
});

function shared(zone: Zone) {
  return { zoneName: zone.name, zoneState: { available: zone.isAvailable } };
}

/** Services that are out of use are not listed. */
function hostsOf(zone: Zone): object {
  const rows = zone.hosts
    .filter((host) => host.isEnabled)
    .map((host) => {
      const compute = { active: true, available: host.isUp, updated_at: isoMicros(host.seenMs) };
      return [host.name, { 'nova-compute': compute }];
    });
  return Object.fromEntries(rows);
}

function innerHosts(inner: { host: string; isUp: boolean; seenMs: number }): object {
  const { host, isUp, seenMs } = inner;
  const state = { active: true, available: isUp, updated_at: isoMicros(seenMs) };
  return { [host]: { 'nova-conductor': state, 'nova-scheduler': state } };
}
