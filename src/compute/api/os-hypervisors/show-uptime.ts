import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { hypervisorErrors } from '#compute/hypervisors/errors.ts';
import { readUptime } from '#compute/hypervisors/read.ts';
import { hypervisorByNumber, hypervisorByUuid } from './target.ts';
import { hypervisorUptimeWire } from './wire.ts';

/** @param target by what kind of id it is named in these versions */
function uptimeIn(range: { since?: string; until: string }, target: typeof hypervisorByNumber) {
  return endpoint({
    ...range,
    method: 'GET',
    path: '/os-hypervisors/{hypervisor_id}/uptime',
    summary: 'Shows how long the machine of a hypervisor runs and how busy it is.',
    requires: ['ecs:hypervisors:get'],
    query: noQuery,
    target,
    status: 200,
    response: Type.Object(
      { hypervisor: hypervisorUptimeWire.schema },
      { additionalProperties: false },
    ),
    errors: [hypervisorErrors.notFound, hypervisorErrors.idMalformed, hypervisorErrors.unavailable],
    handle: async (service, call, hypervisor) => {
      const uptime = await readUptime(service, hypervisor);
      if (uptime === null) throw hypervisorErrors.unavailable({ host: hypervisor.host });
      return { hypervisor: hypervisorUptimeWire.render({ hypervisor, uptime }, call.version) };
    },
  });
}

export const showUptime = [
  uptimeIn({ until: '2.52' }, hypervisorByNumber),
  uptimeIn({ since: '2.53', until: '2.87' }, hypervisorByUuid),
];
