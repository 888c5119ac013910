import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { readConsole } from '#compute/servers/console-output.ts';
import { serverTarget } from '../target.ts';

/** -1 means all, as no length does. */
const length = Type.Union([
  Type.Integer({ minimum: -1 }),
  Type.String({ pattern: '^(-1|[0-9]{1,9})$' }),
  Type.Null(),
]);

export const osGetConsoleOutput = endpoint({
  method: 'POST',
  path: '/servers/{server_id}/action',
  action: 'os-getConsoleOutput',
  summary: 'Shows the last lines that the guest wrote to its serial console.',
  requires: ['ecs:servers:createConsole'],
  target: serverTarget,
  body: Type.Object(
    {
      'os-getConsoleOutput': Type.Object(
        { length: Type.Optional(length) },
        { additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  ),
  status: 200,
  response: Type.Object({ output: Type.String() }, { additionalProperties: false }),
  errors: [computeErrors.notReady],
  handle: async (service, call, server) => {
    const asked = call.body['os-getConsoleOutput'].length ?? -1;
    return { output: await readConsole(service, server, Number(asked)) };
  },
});
