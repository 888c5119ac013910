import { Type } from 'typebox';
import type { Call } from '#endpoints/endpoint.ts';
import { isAdmin } from '#policy/actor.ts';
import { type ListScope, listScope } from '#policy/engine.ts';
import { listBody, pickFields } from '../listing/page.ts';
import { type ListQuery, readListQuery } from '../listing/query.ts';

type AnyCall = Pick<Call<unknown, unknown, unknown>, 'actor' | 'query' | 'root'>;

/** The query of a list: each may be repeated, and Neutron checks the values by itself. */
export function listQuerySchema(filterNames: readonly string[]) {
  const paging = ['fields', 'limit', 'marker', 'page_reverse', 'sort_key', 'sort_dir'];
  const names = [...paging, ...filterNames];
  const any = Type.Optional(Type.Unsafe<unknown>({ description: 'Text; may be repeated.' }));
  return Type.Object(Object.fromEntries(names.map((name) => [name, any])));
}

/** Administrators see every project's resources without asking, as in Neutron. */
export async function answerList<View extends { id: string }>(
  call: AnyCall,
  names: { collection: string; path: string; action: string },
  list: (scope: ListScope, query: ListQuery) => Promise<View[]>,
  render: (view: View) => Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const scope = listScope(call.actor, isAdmin(call.actor), names.action);
  const query = readListQuery(call.query);
  const views = await list(scope, query);
  const ids = views.map((view) => view.id);
  const request = { url: call.root + names.path, query: call.query };
  return listBody(names.collection, views.map(render), ids, query, request);
}

/** `{ network: {…} }`, with the attributes that `fields` names. */
export function answerOne(
  call: AnyCall,
  name: string,
  resource: Record<string, unknown>,
): Record<string, unknown> {
  return { [name]: pickFields(resource, readListQuery(call.query).fields) };
}
