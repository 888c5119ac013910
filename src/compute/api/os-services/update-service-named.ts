import { type Static, Type } from 'typebox';
import { parseBoolean } from '#compute/api/booleans.ts';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import type { ComputeService } from '#compute/service.ts';
import { changeServiceNamed } from '#compute/services/change.ts';
import { serviceErrors } from '#compute/services/errors.ts';
import { booleanWord, disabledReason, hostName } from './body.ts';
import { statusWord } from './wire.ts';

const closed = { additionalProperties: false };

const body = Type.Object(
  {
    host: hostName,
    binary: Type.String({ minLength: 1, maxLength: 255 }),
    disabled_reason: Type.Optional(disabledReason),
    forced_down: Type.Optional({ ...booleanWord, since: '2.11' }),
  },
  closed,
);

type Body = Static<typeof body>;

/** What the last part of the path asks for, and the answer to it. */
const acts: Record<string, (service: ComputeService, asked: Body) => Promise<object>> = {
  enable: async (service, asked) => {
    const row = await changeServiceNamed(service, asked, { isEnabled: true });
    return { ...named(asked), status: statusWord(row) };
  },
  disable: async (service, asked) => {
    const row = await changeServiceNamed(service, asked, { isEnabled: false });
    return { ...named(asked), status: statusWord(row) };
  },
  'disable-log-reason': async (service, asked) => {
    const { disabled_reason: reason } = asked;
    if (reason === undefined) throw serviceErrors.memberMissing({ member: 'disabled_reason' });
    const change = { isEnabled: false, disabledReason: reason };
    const row = await changeServiceNamed(service, asked, change);
    return { ...named(asked), status: statusWord(row), disabled_reason: reason };
  },
};

const actsSince211: typeof acts = {
  ...acts,
  'force-down': async (service, asked) => {
    if (asked.forced_down === undefined) {
      throw serviceErrors.memberMissing({ member: 'forced_down' });
    }
    const isForcedDown = parseBoolean(asked.forced_down) ?? false;
    await changeServiceNamed(service, asked, { isForcedDown });
    return { ...named(asked), forced_down: isForcedDown };
  },
};

function named({ host, binary }: Body) {
  return { host, binary };
}

function updateIn(range: { since?: string; until: string }, known: typeof acts) {
  return endpoint({
    ...range,
    method: 'PUT',
    path: '/os-services/{service_id}',
    summary: 'Takes a service out of use or back: `enable`, `disable` and so on end the path.',
    requires: ['ecs:services:update'],
    query: noQuery,
    body,
    status: 200,
    response: Type.Object(
      {
        service: Type.Object(
          {
            host: Type.String(),
            binary: Type.String(),
            status: Type.Optional(Type.String()),
            disabled_reason: Type.Optional(Type.String()),
            forced_down: Type.Optional(Type.Boolean({ since: '2.11' })),
          },
          closed,
        ),
      },
      closed,
    ),
    errors: [
      serviceErrors.actionUnknown,
      serviceErrors.binaryNotFound,
      serviceErrors.memberMissing,
    ],
    handle: async (service, call) => {
      const act = new Map(Object.entries(known)).get(call.params.service_id);
      if (!act) throw serviceErrors.actionUnknown();
      return { service: await act(service, call.body) };
    },
  });
}

export const updateServiceNamed = [
  updateIn({ until: '2.10' }, acts),
  updateIn({ since: '2.11', until: '2.52' }, actsSince211),
];
