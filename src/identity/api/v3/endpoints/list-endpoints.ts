import { Type } from 'typebox';
import { wholeCatalog } from '../../../catalog/whole.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { wholeListBody } from '../lists.ts';
import { endpointBody, endpointSchema } from './wire.ts';

export const listEndpoints = endpoint({
  method: 'GET',
  path: '/endpoints',
  summary: 'List the addresses in the catalog.',
  requires: ['identity:endpoints:list'],
  query: Type.Object({
    interface: Type.Optional(Type.String()),
    service_id: Type.Optional(Type.String()),
    region_id: Type.Optional(Type.String()),
    region: Type.Optional(Type.String()),
  }),
  status: 200,
  response: listAnswer('endpoints', endpointSchema),
  handle: async (service, call) => {
    const { interface: wanted, service_id: serviceId, region } = call.query;
    const regionId = call.query.region_id ?? region;
    const bodies = (await wholeCatalog(service)).endpoints
      .filter((one) => wanted === undefined || one.interface === wanted)
      .filter((one) => serviceId === undefined || one.serviceId === serviceId)
      .filter((one) => regionId === undefined || one.regionId === regionId)
      .map((one) => endpointBody(one, call.root));
    return wholeListBody(call, '/endpoints', 'endpoints', bodies);
  },
});
