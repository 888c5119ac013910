import type { Kysely, SchemaModule } from 'kysely';
import { sql } from 'kysely';
import type { Schema } from './schema.ts';

/** One step of the schema; runs once, in order, inside a transaction. */
export interface Migration {
  /** `0001-operations`: never changed once released. */
  name: string;
  up(schema: SchemaModule, db: Kysely<Schema>): Promise<void>;
}

interface MigrationTable {
  schema_migrations: { name: string };
}

/** Brings the database to the newest schema; does nothing when it is there already. */
export async function migrate(db: Kysely<Schema>, migrations: readonly Migration[]): Promise<void> {
  await db.schema
    .createTable('schema_migrations')
    .ifNotExists()
    .addColumn('name', 'varchar(64)', (column) => column.primaryKey())
    .execute();
  for (const migration of migrations) {
    await db.transaction().execute(async (tx) => {
      const names = tx as unknown as Kysely<MigrationTable>;
      const done = await names
        .selectFrom('schema_migrations')
        .select('name')
        .where('name', '=', migration.name)
        .executeTakeFirst();
      if (done) return;
      await migration.up(tx.schema, tx);
      await sql`insert into schema_migrations (name) values (${migration.name})`.execute(tx);
    });
  }
}
