import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '#db/database.ts';
import { temporaryState } from './state.ts';

let migrated: Promise<Buffer> | undefined;

/**
 * Writes an empty SQLite database that has all its tables. They are made once in a process: each
 * test begins with a copy, which costs a twelfth of making them.
 */
export async function writeMigratedSqlite(path: string): Promise<void> {
  migrated ??= makeMigrated();
  await writeFile(path, await migrated, { mode: 0o600 });
}

async function makeMigrated(): Promise<Buffer> {
  using state = temporaryState();
  const path = join(state.path, 'migrated.sqlite');
  const database = await openDatabase(path);
  await database.close();
  return readFileSync(path);
}
