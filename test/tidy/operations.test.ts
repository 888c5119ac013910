import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');

function textOf(folder: string): string {
  const path = join(root, folder);
  const names = readdirSync(path).filter((name) => name.endsWith('.ts'));
  return names.map((name) => readFileSync(join(path, name), 'utf8')).join('\n');
}

test('every durable operation of a server is held to the harness', () => {
  const kinds = [...textOf('src/compute/operations').matchAll(/^ {2}kind: ('[a-z-]+'),$/gm)];
  assert.ok(kinds.length > 25, `${kinds.length} operations were found`);
  const stories = textOf('test/operations');
  const untold = kinds.map(([, kind = '']) => kind).filter((kind) => !stories.includes(kind));
  assert.deepEqual(untold, []);
});
