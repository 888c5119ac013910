import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { eventErrors } from '#compute/external-events/errors.ts';
import { takeEvents } from '#compute/external-events/take.ts';
import { Reply } from '#endpoints/endpoint.ts';

const closed = { additionalProperties: false };

const statuses = ['failed', 'completed', 'in-progress'].map((word) => Type.Literal(word));

const name = Type.Union([
  Type.Literal('network-changed'),
  Type.Literal('network-vif-plugged'),
  Type.Literal('network-vif-unplugged'),
  Type.Literal('network-vif-deleted'),
  Type.Literal('volume-extended', { since: '2.51' }),
  Type.Literal('power-update', { since: '2.76' }),
  Type.Literal('accelerator-request-bound', { since: '2.82' }),
  Type.Literal('volume-reimaged', { since: '2.93' }),
]);

const event = {
  server_uuid: Type.String({ format: 'uuid' }),
  name,
  status: Type.Optional(Type.Union(statuses)),
  tag: Type.Optional(Type.String({ maxLength: 255 })),
};

/** For the other services of a cloud, which tell what happened to what a server has of theirs. */
export const createEvents = endpoint({
  method: 'POST',
  path: '/os-server-external-events',
  summary: 'Tells of what happened outside to what servers have.',
  requires: ['ecs:serverExternalEvents:create'],
  query: noQuery,
  body: Type.Object({ events: Type.Array(Type.Object(event, closed), { minItems: 1 }) }, closed),
  status: 200,
  response: Type.Object(
    { events: Type.Array(Type.Object({ ...event, code: Type.Integer() }, closed)) },
    closed,
  ),
  errors: [eventErrors.noneTaken],
  handle: async (service, call) => {
    const told = call.body.events;
    const events = told.map((one) => ({
      serverId: one.server_uuid.toLowerCase(),
      name: one.name,
      tag: one.tag,
    }));
    const codes = await takeEvents(service, call.requestId, events);
    const answers = told.map((one, index) => ({
      ...one,
      status: codes[index] === 200 ? 'completed' : 'failed',
      code: codes[index],
    }));
    // Some of them were not taken.
    const status = codes.every((code) => code === 200) ? 200 : 207;
    return new Reply({ events: answers }, { status });
  },
});
