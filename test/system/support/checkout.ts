import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '#base/process.ts';

const projectDirectory = join(import.meta.dirname, '../../..');

export interface Checkout {
  path: string;
  remove(): void;
}

/** The project as a clone would have it: what git tracks or would track, and nothing else. */
export async function cleanCheckout(): Promise<Checkout> {
  const path = mkdtempSync(join(tmpdir(), 'cumulet-clone-'));
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = await run('git', ['-C', projectDirectory, ...list]);
  const names = stdout.split('\0').filter((line) => line !== '');
  // What was deleted and not yet committed is still in git's list.
  for (const name of names.filter((line) => existsSync(join(projectDirectory, line)))) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    cpSync(join(projectDirectory, name), join(path, name));
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
