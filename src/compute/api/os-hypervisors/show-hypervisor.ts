import { Type } from 'typebox';
import { parseBoolean } from '#compute/api/booleans.ts';
import { closedSince, noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { booleanWord } from '#compute/api/os-services/body.ts';
import { once } from '#compute/api/paging.ts';
import { hypervisorErrors } from '#compute/hypervisors/errors.ts';
import { viewsOf } from './list-hypervisors.ts';
import { hypervisorByNumber, hypervisorByUuid } from './target.ts';
import { hypervisorDetailWire } from './wire.ts';

const shared = {
  method: 'GET',
  path: '/os-hypervisors/{hypervisor_id}',
  summary: 'Shows a hypervisor with what it has and gives.',
  requires: ['ecs:hypervisors:get'],
  status: 200,
  response: Type.Object(
    { hypervisor: hypervisorDetailWire.schema },
    { additionalProperties: false },
  ),
} as const;

const showByNumber = endpoint({
  ...shared,
  until: '2.52',
  query: noQuery,
  target: hypervisorByNumber,
  errors: [hypervisorErrors.notFound],
  handle: async (_service, call, hypervisor) => ({
    hypervisor: hypervisorDetailWire.render({ hypervisor }, call.version),
  }),
});

const query = closedSince('2.53', {
  with_servers: Type.Optional({ ...booleanWord, ...once } as typeof booleanWord),
});

/** Since 2.88 with the uptime, for which the machine is asked. */
function showByUuid(range: { since: string; until?: string }, tellsUptime: boolean) {
  return endpoint({
    ...shared,
    ...range,
    query,
    target: hypervisorByUuid,
    errors: [hypervisorErrors.notFound, hypervisorErrors.idMalformed],
    handle: async (service, call, hypervisor) => {
      const asked = call.query.with_servers;
      const withServers = asked !== undefined && parseBoolean(asked) === true;
      const [view] = await viewsOf(service, [hypervisor], withServers, tellsUptime);
      return { hypervisor: hypervisorDetailWire.render(view ?? { hypervisor }, call.version) };
    },
  });
}

export const showHypervisor = [
  showByNumber,
  showByUuid({ since: '2.53', until: '2.87' }, false),
  showByUuid({ since: '2.88' }, true),
];
