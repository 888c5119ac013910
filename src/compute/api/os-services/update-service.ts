import { Type } from 'typebox';
import { parseBoolean } from '#compute/api/booleans.ts';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { changeServiceOf } from '#compute/services/change.ts';
import { serviceErrors } from '#compute/services/errors.ts';
import { computeBinary } from '#compute/services/service-row.ts';
import { booleanWord, disabledReason } from './body.ts';
import { serviceByUuid } from './target.ts';
import { serviceWire } from './wire.ts';

const closed = { additionalProperties: false };

export const updateService = endpoint({
  since: '2.53',
  method: 'PUT',
  path: '/os-services/{service_id}',
  summary: 'Takes the service of a host out of use or back, or declares it down.',
  requires: ['ecs:services:update'],
  query: noQuery,
  target: serviceByUuid,
  body: Type.Object(
    {
      status: Type.Optional(Type.Union([Type.Literal('enabled'), Type.Literal('disabled')])),
      disabled_reason: Type.Optional(disabledReason),
      forced_down: Type.Optional(booleanWord),
    },
    closed,
  ),
  status: 200,
  response: Type.Object({ service: serviceWire.schema }, closed),
  errors: [
    serviceErrors.notFound,
    serviceErrors.idMalformed,
    serviceErrors.notCompute,
    serviceErrors.nothingAsked,
    serviceErrors.reasonOfEnabled,
  ],
  handle: async (service, call, { uuid, binary }) => {
    const { status, disabled_reason: disabledReason, forced_down: forcedDown } = call.body;
    if (binary !== computeBinary) throw serviceErrors.notCompute({ binary });
    if (disabledReason !== undefined && status !== 'disabled') {
      throw serviceErrors.reasonOfEnabled();
    }
    if (status === undefined && forcedDown === undefined) throw serviceErrors.nothingAsked();
    const row = await changeServiceOf(service, uuid, {
      isEnabled: status === undefined ? undefined : status === 'enabled',
      disabledReason,
      isForcedDown: forcedDown === undefined ? undefined : parseBoolean(forcedDown),
    });
    return { service: serviceWire.render(row, call.version) };
  },
});
