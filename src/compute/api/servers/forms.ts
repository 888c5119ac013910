import { type TSchema, Type } from 'typebox';
import type { Call } from '#endpoints/endpoint.ts';
import type { Wire } from '#endpoints/wire.ts';
import type { ServerView } from './server-view.ts';
import { detailWire, legacyWire, serverWire, summaryWire, updatedWire } from './wire.ts';
import { type WireContext, wireContext } from './wire-context.ts';

/** How an answer shows servers, on whichever way in. */
export interface ServerForm {
  /** Of one server. */
  schema: TSchema;
  render(call: Call<unknown, unknown, unknown>, views: readonly ServerView[]): object[];
}

/** What the reference describes on `/v2` differs from what Nova shows. */
function form(
  wire: Wire<ServerView, WireContext>,
  legacy: Wire<ServerView, WireContext>,
): ServerForm {
  return {
    schema:
      wire === legacy
        ? wire.schema
        : Type.Union([wire.schema, { ...legacy.schema, 'x-surface': 'compute-v2' }]),
    render: (call, views) => {
      const context = wireContext(call);
      const chosen = call.surface === 'compute-v2' ? legacy : wire;
      return views.map((view) => chosen.render(view, call.version, context));
    },
  };
}

/** `GET /servers/{id}`. */
export const shownServer = form(serverWire, legacyWire);

/** `GET /servers/detail`. */
export const listedServer = form(detailWire, legacyWire);

/** `PUT /servers/{id}`. */
export const updatedServer = form(updatedWire, legacyWire);

/** `GET /servers`. */
export const summaryServer = form(summaryWire, summaryWire);
