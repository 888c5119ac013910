import { Type } from 'typebox';
import { listRegistered } from '../../../limits/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { wholeListBody } from '../lists.ts';
import { registeredLimitBody, registeredLimitSchema } from './wire.ts';

export const listRegisteredLimits = endpoint({
  method: 'GET',
  path: '/registered_limits',
  summary: 'List how much of each resource every project may have.',
  requires: [],
  query: Type.Object({
    service_id: Type.Optional(Type.String()),
    region_id: Type.Optional(Type.String()),
    resource_name: Type.Optional(Type.String()),
  }),
  status: 200,
  response: listAnswer('registered_limits', registeredLimitSchema),
  handle: async (service, call) => {
    const { service_id: serviceId, region_id: regionId, resource_name: name } = call.query;
    const bodies = (await listRegistered(service))
      .filter((one) => serviceId === undefined || one.serviceId === serviceId)
      .filter((one) => regionId === undefined || one.regionId === regionId)
      .filter((one) => name === undefined || one.resourceName === name)
      .map((one) => registeredLimitBody(one, call.root));
    return wholeListBody(call, '/registered_limits', 'registered_limits', bodies);
  },
});
