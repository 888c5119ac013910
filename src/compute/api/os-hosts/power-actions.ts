import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { hostErrors } from '#compute/hosts/errors.ts';
import { hostTarget } from './target.ts';

/** Machines are not ours to start and end, as they are not QEMU's in Nova. */
export const hostPowerActions = ['startup', 'shutdown', 'reboot'].map((word) =>
  endpoint({
    until: '2.42',
    method: 'GET',
    path: `/os-hosts/{host_name}/${word}` as '/os-hosts/{host_name}/startup',
    summary: 'Would change the power of a host; that is not supported.',
    requires: ['ecs:hosts:update'],
    target: hostTarget,
    status: 200,
    response: Type.Object(
      { host: Type.String(), power_action: Type.String() },
      { additionalProperties: false },
    ),
    errors: [hostErrors.notFound, hostErrors.unsupported],
    handle: () => Promise.reject(hostErrors.unsupported()),
  }),
);
