import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { hypervisorErrors } from '#compute/hypervisors/errors.ts';
import { searchHypervisors as findHypervisors } from '#compute/hypervisors/read.ts';
import { viewsOf } from './list-hypervisors.ts';
import { hypervisorServersWire, hypervisorWire } from './wire.ts';

const shared = {
  until: '2.52',
  method: 'GET',
  requires: ['ecs:hypervisors:list'],
  query: noQuery,
  status: 200,
  errors: [hypervisorErrors.noneMatches],
} as const;

const closed = { additionalProperties: false };

export const searchHypervisors = endpoint({
  ...shared,
  path: '/os-hypervisors/{hypervisor_id}/search',
  summary: 'Lists the hypervisors whose name has a text in it.',
  response: Type.Object({ hypervisors: Type.Array(hypervisorWire.schema) }, closed),
  handle: async (service, call) => {
    const found = await findHypervisors(service, call.params.hypervisor_id);
    const views = await viewsOf(service, found, false, false);
    return { hypervisors: views.map((view) => hypervisorWire.render(view, call.version)) };
  },
});

export const listHypervisorServers = endpoint({
  ...shared,
  path: '/os-hypervisors/{hypervisor_id}/servers',
  summary: 'Lists the hypervisors whose name has a text in it, with their servers.',
  response: Type.Object({ hypervisors: Type.Array(hypervisorServersWire.schema) }, closed),
  handle: async (service, call) => {
    const found = await findHypervisors(service, call.params.hypervisor_id);
    const views = await viewsOf(service, found, true, false);
    return { hypervisors: views.map((view) => hypervisorServersWire.render(view, call.version)) };
  },
});
