import { Type } from 'typebox';
import type { Call } from '#endpoints/endpoint.ts';
import { type Link, linkSchema } from './paging.ts';

/** Where links of one answer start; made once per request. */
export interface LinkBases {
  /** `http://…/v2.1/{project_id}`. */
  self: string;
  /** The same without the version, which is how Nova writes links that outlive versions. */
  bookmark: string;
}

/** The `links` of a resource. */
export const linksSchema = Type.Array(linkSchema);

export function linkBasesOf(call: Pick<Call<unknown, unknown, unknown>, 'root' | 'origin'>) {
  const path = call.root.slice(call.origin.length);
  return { self: call.root, bookmark: call.origin + path.replace(/^\/v2(\.1)?/, '') };
}

export function bookmarkLink(bases: LinkBases, collection: string, id: string): Link {
  return { rel: 'bookmark', href: `${bases.bookmark}/${collection}/${encodeURIComponent(id)}` };
}

export function resourceLinks(bases: LinkBases, collection: string, id: string): Link[] {
  const self = { rel: 'self', href: `${bases.self}/${collection}/${encodeURIComponent(id)}` };
  return [self, bookmarkLink(bases, collection, id)];
}
