import { Type } from 'typebox';
import { wholeCatalog } from '../../../catalog/whole.ts';
import { isNamed } from '../../../listing/names.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { nameParameters, namesAsked, wholeListBody } from '../lists.ts';
import { serviceBody, serviceSchema } from './wire.ts';

export const listServices = endpoint({
  method: 'GET',
  path: '/services',
  summary: 'List the services of the catalog.',
  requires: ['identity:services:list'],
  query: Type.Object({ type: Type.Optional(Type.String()), ...nameParameters }),
  status: 200,
  response: listAnswer('services', serviceSchema),
  handle: async (service, call) => {
    const { type } = call.query;
    const names = namesAsked(call.query);
    const bodies = (await wholeCatalog(service)).services
      .filter((one) => type === undefined || one.type === type)
      .filter((one) => isNamed(one.name, names))
      .map((one) => serviceBody(one, call.root));
    return wholeListBody(call, '/services', 'services', bodies);
  },
});
