import { Type } from 'typebox';
import { aggregateErrors } from '#compute/aggregates/errors.ts';
import { addHost } from '#compute/aggregates/hosts.ts';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { aggregateTarget } from '../target.ts';
import { aggregateAnswer, aggregateWire } from '../wire.ts';
import { hostName } from './host-name.ts';

const closed = { additionalProperties: false };

export const addHostToAggregate = endpoint({
  method: 'POST',
  path: '/os-aggregates/{aggregate_id}/action',
  action: 'add_host',
  summary: 'Adds a host to a host aggregate.',
  requires: ['ecs:aggregates:addHost'],
  query: noQuery,
  target: aggregateTarget,
  body: Type.Object({ add_host: Type.Object({ host: hostName }, closed) }, closed),
  status: 200,
  response: aggregateAnswer,
  errors: [
    aggregateErrors.notFound,
    aggregateErrors.idMalformed,
    aggregateErrors.hostUnknown,
    aggregateErrors.hostExists,
    aggregateErrors.addRefused,
  ],
  handle: async (service, call, target) => {
    const aggregate = await addHost(service, target, call.body.add_host.host);
    return { aggregate: aggregateWire.render(aggregate, call.version) };
  },
});
