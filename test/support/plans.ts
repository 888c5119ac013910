import assert from 'node:assert/strict';
import { CompiledQuery, type Kysely, type KyselyPlugin } from 'kysely';
import type { Queries } from '#db/database.ts';
import type { Schema } from '#db/schema.ts';

/** The queries that are run through it, as they reach the database. */
export function watched(db: Queries): { db: Queries; seen: CompiledQuery[] } {
  const seen: CompiledQuery[] = [];
  const executeQuery = (query: CompiledQuery) => {
    seen.push(query);
    return db.executeQuery(query);
  };
  const get = (_: object, name: string | symbol) => {
    if (name === 'executeQuery') return executeQuery;
    const value = Reflect.get(db, name);
    return typeof value === 'function' ? value.bind(db) : value;
  };
  return { db: new Proxy<Queries>(db, { get }), seen };
}

/** The queries that are built by it. */
export function watchedBuilding(db: Kysely<Schema>): { db: Queries; seen: CompiledQuery[] } {
  const seen: CompiledQuery[] = [];
  const transformQuery: KyselyPlugin['transformQuery'] = ({ node, queryId }) => {
    seen.push(db.getExecutor().compileQuery(node, queryId));
    return node;
  };
  const transformResult: KyselyPlugin['transformResult'] = async ({ result }) => result;
  return { db: db.withPlugin({ transformQuery, transformResult }), seen };
}

export async function stepsOnSqlite(
  db: Queries,
  { sql, parameters }: CompiledQuery,
): Promise<string[]> {
  const ask = CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]);
  return (await db.executeQuery<{ detail: string }>(ask)).rows.map((row) => row.detail);
}

interface PlanNode {
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

/** Rows that PostgreSQL looked at, whether it then left them out or not. */
export async function rowsOnPostgres(
  db: Queries,
  { sql, parameters }: CompiledQuery,
): Promise<number> {
  const ask = CompiledQuery.raw(`explain (analyze, format json) ${sql}`, [...parameters]);
  const { rows } = await db.executeQuery<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(ask);
  const visited = (node: PlanNode): number =>
    (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'] +
    (node.Plans ?? []).reduce((sum, child) => sum + visited(child), 0);
  return visited(rows[0]?.['QUERY PLAN'][0].Plan ?? assert.fail('no plan'));
}
