import type { Seals } from '#base/sealing/seals.ts';
import type { Queries } from '#db/database.ts';
import { rowContext } from '#db/sealed-columns.ts';

export interface ConfigOption {
  group: string;
  option: string;
  /** JSON of any shape. */
  value: unknown;
}

function keysOf(domainId: string, { group, option }: Omit<ConfigOption, 'value'>) {
  const id = `${domainId}/${group}/${option}`;
  return { id, domain_id: domainId, group_name: group, option_name: option };
}

/** Those that are shown, by group and name. */
export async function listOptions(db: Queries, domainId: string): Promise<ConfigOption[]> {
  const rows = await db
    .selectFrom('domain_config_options')
    .selectAll()
    .where('domain_id', '=', domainId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    group: row.group_name,
    option: row.option_name,
    value: JSON.parse(row.value),
  }));
}

/** Which secrets a domain has, without them. */
export async function listSecretNames(
  db: Queries,
  domainId: string,
): Promise<Omit<ConfigOption, 'value'>[]> {
  const rows = await db
    .selectFrom('domain_config_secrets')
    .select(['group_name', 'option_name'])
    .where('domain_id', '=', domainId)
    .execute();
  return rows.map((row) => ({ group: row.group_name, option: row.option_name }));
}

/** Takes the place of what it was. */
export async function putOption(db: Queries, domainId: string, one: ConfigOption): Promise<void> {
  const value = JSON.stringify(one.value);
  await db
    .insertInto('domain_config_options')
    .values({ ...keysOf(domainId, one), value })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ value }))
    .execute();
}

/** The same for what nobody is shown. */
export async function putSecret(
  db: Queries,
  seals: Seals,
  domainId: string,
  one: ConfigOption,
): Promise<void> {
  const keys = keysOf(domainId, one);
  const context = rowContext('domain_config_secrets', keys.id);
  const sealed_value = seals.seal(JSON.stringify(one.value), context);
  await db
    .insertInto('domain_config_secrets')
    .values({ ...keys, sealed_value })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ sealed_value }))
    .execute();
}

/** Shown or not; all of a group, or all there is, where nothing narrower is said. */
export async function deleteOptions(
  db: Queries,
  domainId: string,
  group?: string,
  option?: string,
): Promise<void> {
  for (const table of ['domain_config_options', 'domain_config_secrets'] as const) {
    let query = db.deleteFrom(table).where('domain_id', '=', domainId);
    if (group !== undefined) query = query.where('group_name', '=', group);
    if (option !== undefined) query = query.where('option_name', '=', option);
    await query.execute();
  }
}
