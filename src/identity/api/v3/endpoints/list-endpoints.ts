import { Type } from 'typebox';
import { endpoint } from '../../endpoint.ts';
import { wholeListBody } from '../lists.ts';
import { endpointBody, endpointsIn } from './wire.ts';

export const listEndpoints = endpoint({
  method: 'GET',
  path: '/endpoints',
  summary: 'List the addresses in the catalog.',
  requires: ['identity:endpoints:list'],
  query: Type.Object({
    interface: Type.Optional(Type.String()),
    service_id: Type.Optional(Type.String()),
    region_id: Type.Optional(Type.String()),
  }),
  status: 200,
  handle: async (service, call) => {
    const { interface: wanted, service_id: serviceId, region_id: region } = call.query;
    const views = endpointsIn(service.catalog())
      .filter((view) => wanted === undefined || view.interface === wanted)
      .filter((view) => serviceId === undefined || view.serviceId === serviceId)
      .filter((view) => region === undefined || view.region === region);
    const bodies = views.map((view) => endpointBody(view, call.root));
    return wholeListBody(call, '/endpoints', 'endpoints', bodies);
  },
});
