import { Type } from 'typebox';
import { defineError } from '#base/errors.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Endpoint, Method } from '#endpoints/endpoint.ts';

const errors = {
  nodeNotFound: defineError<{ id: string }>({
    code: 'NodeNotFound',
    kind: 'not-found',
    message: ({ id }) => `Node ${id} could not be found.`,
  }),
  onlyIronic: defineError<{ command: string }>({
    code: 'CommandNotSupported',
    kind: 'bad-request',
    message: ({ command }) =>
      `Command Not supported. Please use Ironic command ${command} to perform this action.`,
  }),
};

/** This proxy to Ironic ended with the others; there are no nodes here. */
const until = '2.35';
const path = '/os-baremetal-nodes';

const text = Type.String();
const closed = { additionalProperties: false };

/** What there would be to see. */
const node = Type.Object(
  {
    id: text,
    interfaces: Type.Array(Type.Object({ address: text }, closed)),
    host: text,
    task_state: Type.Union([text, Type.Null()]),
    cpus: text,
    memory_mb: text,
    disk_gb: text,
  },
  closed,
);

const listNodes = endpoint({
  until,
  method: 'GET',
  path,
  summary: 'Lists bare-metal nodes; there are none.',
  requires: ['ecs:baremetalNodes:list'],
  status: 200,
  response: Type.Object({ nodes: Type.Array(node) }, closed),
  handle: async () => ({ nodes: [] }),
});

const showNode = endpoint({
  until,
  method: 'GET',
  path: `${path}/{node_id}`,
  summary: 'Shows a bare-metal node; there are none.',
  requires: ['ecs:baremetalNodes:get'],
  status: 200,
  errors: [errors.nodeNotFound],
  handle: (_service, call) => Promise.reject(errors.nodeNotFound({ id: call.params.node_id })),
});

function refusing(method: Method, path: string, command: string, action?: string) {
  return endpoint({
    until,
    method,
    path,
    ...(action !== undefined && { action }),
    summary: 'Refused: this was never more than a proxy that reads.',
    requires: [],
    status: 400,
    errors: [errors.onlyIronic],
    handle: () => Promise.reject(errors.onlyIronic({ command })),
  });
}

export const baremetalEndpoints: readonly Endpoint<ComputeService>[] = [
  listNodes,
  showNode,
  refusing('POST', path, 'node-create'),
  refusing('DELETE', `${path}/{node_id}`, 'node-delete'),
  refusing('POST', `${path}/{node_id}/action`, 'port-create', 'add_interface'),
  refusing('POST', `${path}/{node_id}/action`, 'port-delete', 'remove_interface'),
];
