import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { hostErrors } from '#compute/hosts/errors.ts';
import { changeServiceNamed } from '#compute/services/change.ts';
import { computeBinary } from '#compute/services/service-row.ts';
import { hostTarget } from './target.ts';

const closed = { additionalProperties: false };
const text = Type.String();

const word = Type.Union(
  ['enable', 'disable', 'Enable', 'Disable', 'ENABLE', 'DISABLE'].map((one) => Type.Literal(one)),
);

const isOn = (said: string) => said.toLowerCase() === 'enable';

export const updateHost = endpoint({
  until: '2.42',
  method: 'PUT',
  path: '/os-hosts/{host_name}',
  summary: 'Takes a host out of use or back.',
  requires: ['ecs:hosts:update'],
  target: hostTarget,
  body: Type.Object(
    { status: Type.Optional(word), maintenance_mode: Type.Optional(word) },
    { ...closed, minProperties: 1 },
  ),
  status: 200,
  response: Type.Object(
    { host: text, status: Type.Optional(text), maintenance_mode: Type.Optional(text) },
    closed,
  ),
  errors: [hostErrors.notFound, hostErrors.unsupported],
  handle: async (service, call, { name: host }) => {
    const { status, maintenance_mode: maintenance } = call.body;
    // No host moves its servers away by itself.
    if (maintenance !== undefined && isOn(maintenance)) throw hostErrors.unsupported();
    if (status !== undefined) {
      const isEnabled = isOn(status);
      await changeServiceNamed(service, { host, binary: computeBinary }, { isEnabled });
    }
    return {
      host,
      ...(status !== undefined && { status: isOn(status) ? 'enabled' : 'disabled' }),
      ...(maintenance !== undefined && { maintenance_mode: 'off_maintenance' }),
    };
  },
});
