import { isoMicros } from '#base/clock.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { listZones as selectZones, type Zone } from '#compute/zones/list.ts';

export const listZones = endpoint({
  method: 'GET',
  path: '/os-availability-zone',
  summary: 'Lists the availability zones.',
  requires: ['ecs:availabilityZones:list'],
  status: 200,
  handle: async (service) => {
    const zones = await selectZones(service);
    return { availabilityZoneInfo: zones.map((zone) => ({ ...shared(zone), hosts: null })) };
  },
});

/** Names hosts, so it is for those who may see the services. */
export const listZonesDetail = endpoint({
  method: 'GET',
  path: '/os-availability-zone/detail',
  summary: 'Lists the availability zones with their hosts.',
  requires: ['ecs:availabilityZones:list', 'ecs:services:list'],
  status: 200,
  handle: async (service) => {
    const zones = await selectZones(service);
    return {
      availabilityZoneInfo: zones.map((zone) => ({ ...shared(zone), hosts: hostsOf(zone) })),
    };
  },
});

function shared(zone: Zone) {
  return { zoneName: zone.name, zoneState: { available: zone.isAvailable } };
}

function hostsOf(zone: Zone): object {
  const rows = zone.hosts.map((host) => {
    const service = {
      active: host.isEnabled,
      available: true,
      updated_at: isoMicros(host.seenMs),
    };
    return [host.name, { 'nova-compute': service }];
  });
  return Object.fromEntries(rows);
}
