import { Type } from 'typebox';
import { closed, text, wholeAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { zoneNames } from '../../values.ts';

const zone = Type.Object({ name: text, resource: text, state: text }, closed);

export const listZonesEndpoint = endpoint({
  method: 'GET',
  path: '/availability_zones',
  summary: 'Lists the zones in which networks and routers are.',
  requires: [],
  status: 200,
  response: wholeAnswer('availability_zones', Type.Array(zone)),
  handle: async () => ({
    availability_zones: zoneNames.flatMap((name) => [
      { name, resource: 'network', state: 'available' },
      { name, resource: 'router', state: 'available' },
    ]),
  }),
});
