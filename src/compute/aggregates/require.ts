import type { Queries } from '#db/database.ts';
import type { Aggregate } from './aggregate.ts';
import { aggregateErrors } from './errors.ts';
import { findAggregate, listAggregates } from './store.ts';

/** @throws AggregateNotFound (404) */
export async function requireAggregate(tx: Queries, id: number): Promise<Aggregate> {
  const aggregate = await findAggregate(tx, id);
  if (!aggregate) throw aggregateErrors.notFound({ id });
  return aggregate;
}

/** @throws AggregateNameExists (409) */
export async function requireFreeName(tx: Queries, name: string): Promise<void> {
  const isTaken = (await listAggregates(tx)).some((aggregate) => aggregate.name === name);
  if (isTaken) throw aggregateErrors.exists({ name });
}
