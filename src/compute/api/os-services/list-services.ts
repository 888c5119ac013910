import { Type } from 'typebox';
import { closedSince } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { listServices as readServices } from '#compute/services/read.ts';
import { serviceWire } from './wire.ts';

export const listServices = endpoint({
  method: 'GET',
  path: '/os-services',
  summary: 'Lists the services that the cloud is made of, with their state.',
  requires: ['ecs:services:list'],
  query: closedSince('2.75', {
    host: Type.Optional(Type.String()),
    binary: Type.Optional(Type.String()),
  }),
  status: 200,
  response: Type.Object(
    { services: Type.Array(serviceWire.schema) },
    { additionalProperties: false },
  ),
  handle: async (service, call) => {
    const rows = await readServices(service, call.query);
    return { services: rows.map((row) => serviceWire.render(row, call.version)) };
  },
});
