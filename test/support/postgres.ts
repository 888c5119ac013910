import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { minimalEnvironment, run } from '#base/process.ts';
import { openDatabase } from '#db/database.ts';
import { temporaryState } from './state.ts';

export interface PostgresServer {
  /** @returns the address of a new database that has all its tables, and nothing in them. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root; this is `nobody`, who owns nothing else. */
const nobody = 65_534;

/** A server of its own, reachable only by a UNIX socket in its own directory. */
export async function startPostgres(): Promise<PostgresServer> {
  const state = temporaryState();
  const data = join(state.path, 'data');
  const bin = newestBinaries();
  const asRoot = process.getuid?.() === 0;
  const drop = asRoot ? [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : [];
  if (asRoot) chownSync(state.path, nobody, nobody);
  const environment = { ...minimalEnvironment(), HOME: state.path };
  const initArgs = ['-D', data, '-U', 'cumulet', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  await run('setpriv', [...drop, join(bin, 'initdb'), ...initArgs], {
    env: environment,
    cwd: state.path,
    timeoutMs: 120_000,
  });
  const settings = ['-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'max_connections=50'];
  const serverArgs = ['-D', data, '-k', state.path, ...settings];
  const child = spawn('setpriv', [...drop, join(bin, 'postgres'), ...serverArgs], {
    cwd: state.path,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await untilReady(child);
  const address = (name: string) => `postgres://cumulet@/${name}?host=${state.path}`;
  const create = async (name: string, template: string) => {
    const client = new pg.Client({ connectionString: address('postgres') });
    await client.connect();
    await client.query(`create database ${name} template ${template} strategy file_copy`);
    await client.end();
    return address(name);
  };
  // The tables are made once for a server: copies of them cost far less.
  const makeMigrated = async () => {
    const database = await openDatabase(await create('migrated', 'template0'));
    await database.close();
  };
  let migrated: Promise<void> | undefined;
  let databases = 0;
  return {
    createDatabase: async () => {
      migrated ??= makeMigrated();
      await migrated;
      databases += 1;
      return create(`test_${databases}`, 'migrated');
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await ended;
      state[Symbol.dispose]();
    },
  };
}

function newestBinaries(): string {
  const root = '/usr/lib/postgresql';
  const [newest] = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return join(root, newest ?? '', 'bin');
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('ready to accept connections')) resolve();
    });
    child.once('exit', () => reject(new Error(`PostgreSQL ended: ${said.slice(-2000)}`)));
    child.once('error', reject);
  });
}
