import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { readDiagnostics } from '#compute/servers/diagnostics.ts';
import { serverTarget } from '../target.ts';
import { diagnosticsWire, namedFigures } from './wire.ts';

const shared = {
  method: 'GET',
  path: '/servers/{server_id}/diagnostics',
  summary: 'Shows what a guest uses of its processors, memory, disks and cards.',
  requires: ['ecs:serverDiagnostics:get'],
  query: noQuery,
  target: serverTarget,
  status: 200,
  errors: [computeErrors.notReady, computeErrors.invalidState],
} as const;

export const showDiagnostics = [
  endpoint({
    ...shared,
    until: '2.47',
    response: Type.Record(Type.String(), Type.Integer()),
    handle: async (service, _call, server) => namedFigures(await readDiagnostics(service, server)),
  }),
  endpoint({
    ...shared,
    since: '2.48',
    response: diagnosticsWire.schema,
    handle: async (service, call, server) => {
      const diagnostics = await readDiagnostics(service, server);
      const host = service.hosts.find(({ name }) => name === server.host);
      const hypervisor = host?.hypervisor ?? '';
      const view = { diagnostics, hypervisor, hasConfigDrive: server.configDrive };
      return diagnosticsWire.render(view, call.version);
    },
  }),
];
