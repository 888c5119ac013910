import { endpoint } from '../../endpoint.ts';
import { zoneNames } from '../../values.ts';

export const listZonesEndpoint = endpoint({
  method: 'GET',
  path: '/availability_zones',
  summary: 'Lists the zones in which networks and routers are.',
  requires: [],
  status: 200,
  handle: async () => ({
    availability_zones: zoneNames.flatMap((name) => [
      { name, resource: 'network', state: 'available' },
      { name, resource: 'router', state: 'available' },
    ]),
  }),
});
