import { hash } from 'node:crypto';
import { type LinkBases, linkBasesOf } from '#compute/api/links.ts';
import type { Call } from '#endpoints/endpoint.ts';
import type { WireField } from '#endpoints/wire.ts';
import { isAdmin } from '#policy/actor.ts';
import type { ServerView } from './server-view.ts';

/** What the wire form of a server depends on besides the server. */
export interface WireContext {
  links: LinkBases;
  isAdmin: boolean;
  /** Those of this answer, by project and host: a list shows the same few again and again. */
  hostIds: Map<string, string>;
}

export function wireContext(call: Call<unknown, unknown, unknown>): WireContext {
  return { links: linkBasesOf(call), isAdmin: isAdmin(call.actor), hostIds: new Map() };
}

export type Field = WireField<ServerView, WireContext>;

export const forAdmins =
  (value: Field['value']): Field['value'] =>
  (view, context) =>
    context.isAdmin ? value(view, context) : undefined;

/** Tells hosts apart without naming them, differently for every project. */
export function hostIdOf({ server }: ServerView, { hostIds }: WireContext): string {
  if (server.host === null) return '';
  const named = server.projectId + server.host;
  const hostId = hostIds.get(named) ?? hash('sha224', named);
  hostIds.set(named, hostId);
  return hostId;
}
