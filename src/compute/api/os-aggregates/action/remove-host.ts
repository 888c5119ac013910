import { Type } from 'typebox';
import { aggregateErrors } from '#compute/aggregates/errors.ts';
import { removeHost } from '#compute/aggregates/hosts.ts';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { aggregateTarget } from '../target.ts';
import { aggregateAnswer, aggregateWire } from '../wire.ts';
import { hostName } from './host-name.ts';

const closed = { additionalProperties: false };

export const removeHostFromAggregate = endpoint({
  method: 'POST',
  path: '/os-aggregates/{aggregate_id}/action',
  action: 'remove_host',
  summary: 'Takes a host out of a host aggregate.',
  requires: ['ecs:aggregates:removeHost'],
  query: noQuery,
  target: aggregateTarget,
  body: Type.Object({ remove_host: Type.Object({ host: hostName }, closed) }, closed),
  status: 200,
  response: aggregateAnswer,
  errors: [
    aggregateErrors.notFound,
    aggregateErrors.idMalformed,
    aggregateErrors.hostAbsent,
    aggregateErrors.removeRefused,
  ],
  handle: async (service, call, target) => {
    const aggregate = await removeHost(service, target, call.body.remove_host.host);
    return { aggregate: aggregateWire.render(aggregate, call.version) };
  },
});
