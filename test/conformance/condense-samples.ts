/**
 * Condenses a folder of Nova's API samples into `samples/`, one file for each resource: of answers
 * their shapes, of requests their values. `node test/conformance/condense-samples.ts <folder>`
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRequest } from './samples.ts';
import { shapeOf } from './shape.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('name the folder of samples');
const target = join(import.meta.dirname, 'samples');
rmSync(target, { recursive: true, force: true });
mkdirSync(target);

for (const resource of readdirSync(folder).sort()) {
  const lines: string[] = [];
  const seen = new Map<string, string>();
  for (const { version, name, path } of filesOf(join(folder, resource))) {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const fact = JSON.stringify(isRequest(name) ? value : shapeOf(value));
    const key = `${version} ${name}`;
    const same = seen.get(fact);
    // A text in place of a fact names the sample that has the same.
    lines.push(`[${JSON.stringify(key)},${same === undefined ? fact : JSON.stringify(same)}]`);
    if (same === undefined) seen.set(fact, key);
  }
  writeFileSync(join(target, `${resource}.jsonl`), `${lines.join('\n')}\n`);
}

function filesOf(directory: string) {
  const versions = ['2.1', ...readdirSync(directory).filter((name) => /^v2\.\d+$/.test(name))];
  const minor = (version: string) => Number(version.split('.')[1]);
  return versions
    .map((version) => version.replace('v', ''))
    .sort((a, b) => minor(a) - minor(b))
    .flatMap((version) => {
      const below = version === '2.1' ? directory : join(directory, `v${version}`);
      return readdirSync(below)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((file) => ({ version, name: file.slice(0, -5), path: join(below, file) }));
    });
}
