import { Type } from 'typebox';
import { endpoint } from '../../endpoint.ts';
import { wholeListBody } from '../lists.ts';
import { serviceBody } from './wire.ts';

export const listServices = endpoint({
  method: 'GET',
  path: '/services',
  summary: 'List the services of the catalog.',
  requires: ['identity:services:list'],
  query: Type.Object({
    type: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
  }),
  status: 200,
  handle: async (service, call) => {
    const { type, name } = call.query;
    const entries = service
      .catalog()
      .filter((entry) => type === undefined || entry.type === type)
      .filter((entry) => name === undefined || entry.name === name);
    const bodies = entries.map((entry) => serviceBody(entry, call.root));
    return wholeListBody(call, '/services', 'services', bodies);
  },
});
