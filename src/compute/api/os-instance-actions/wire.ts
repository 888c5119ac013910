import { Type } from 'typebox';
import { isoMicros } from '#base/clock.ts';
import type { Microversion } from '#base/microversion.ts';
import { hostIdOf } from '#compute/hosts/host-id.ts';
import type {
  ActionEvent,
  ActionWithEvents,
  InstanceAction,
} from '#compute/instance-actions/instance-action.ts';
import type { Call } from '#endpoints/endpoint.ts';
import { Wire, type WireField } from '#endpoints/wire.ts';
import { isAdmin } from '#policy/actor.ts';

const text = Type.String();
const textOrNull = Type.Union([Type.String(), Type.Null()]);

function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : isoMicros(ms);
}

const actionFields: readonly WireField<InstanceAction, void>[] = [
  { name: 'action', schema: text, value: (action) => action.action },
  { name: 'instance_uuid', schema: text, value: (action) => action.serverId },
  { name: 'request_id', schema: text, value: (action) => action.requestId },
  { name: 'user_id', schema: textOrNull, value: (action) => action.userId },
  { name: 'project_id', schema: textOrNull, value: (action) => action.projectId },
  { name: 'start_time', schema: text, value: (action) => isoMicros(action.startedMs) },
  { name: 'message', schema: textOrNull, value: (action) => action.message },
  {
    name: 'updated_at',
    schema: textOrNull,
    since: '2.58',
    value: (action) => timeOrNull(action.updatedMs),
  },
];

/** An action as lists show it. */
export const actionSummaryWire = new Wire(actionFields);

export interface EventContext {
  isAdmin: boolean;
  version: Microversion;
}

export function eventContext(call: Call<unknown, unknown, unknown>): EventContext {
  return { isAdmin: isAdmin(call.actor), version: call.version };
}

interface EventView {
  event: ActionEvent;
  projectId: string;
}

const eventWire = new Wire<EventView, EventContext>([
  { name: 'event', schema: text, value: ({ event }) => event.name },
  { name: 'start_time', schema: text, value: ({ event }) => isoMicros(event.startedMs) },
  {
    name: 'finish_time',
    schema: textOrNull,
    value: ({ event }) => timeOrNull(event.finishedMs),
  },
  { name: 'result', schema: textOrNull, value: ({ event }) => event.result },
  {
    name: 'traceback',
    schema: textOrNull,
    optional: true,
    value: ({ event }, context) => (context.isAdmin ? event.details : undefined),
  },
  {
    name: 'host',
    schema: textOrNull,
    optional: true,
    since: '2.62',
    value: ({ event }, context) => (context.isAdmin ? event.host : undefined),
  },
  {
    name: 'hostId',
    schema: text,
    since: '2.62',
    value: ({ event, projectId }) => hostIdOf(projectId, event.host),
  },
  {
    name: 'details',
    schema: textOrNull,
    optional: true,
    since: '2.84',
    value: ({ event }, context) => (context.isAdmin ? event.details : undefined),
  },
]);

function eventsOf({ action, events }: ActionWithEvents, context: EventContext): object[] {
  const projectId = action.projectId;
  return events.map((event) => eventWire.render({ event, projectId }, context.version, context));
}

/** An action as it is shown whole: until 2.50 only administrators see its events. */
export const actionWire = new Wire<ActionWithEvents, EventContext>([
  ...actionFields.map((field) => ({
    ...field,
    value: ({ action }: ActionWithEvents) => field.value(action),
  })),
  {
    name: 'events',
    schema: Type.Array(eventWire.schema),
    optional: true,
    until: '2.50',
    value: (view, context) => (context.isAdmin ? eventsOf(view, context) : undefined),
  },
  { name: 'events', schema: Type.Array(eventWire.schema), since: '2.51', value: eventsOf },
]);
