/**
 * `npm test`: set-up with what the tests need, types, style, then every test. Arguments name test
 * files or folders to run fewer; arguments that begin with a dash go to Node's test runner.
 */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { become } from './become.mjs';
import { prepare, projectDirectory } from './prepare.mjs';
import { say } from './say.mjs';

/** No single test may hold up the rest for longer; it then fails and names itself. */
const testDeadlineMs = 10 * 60_000;
/** Two files at once: enough to fill two cores, few enough for emulated guests to keep time. */
const filesAtOnce = 2;

const args = process.argv.slice(2);
const { node, environment } = await prepare({ purpose: 'test', args: [] });
process.chdir(projectDirectory);

check('types', 'tsc', []);
check('style', 'biome', ['check', '--error-on-warnings']);

const runnerArgs = [
  '--test',
  '--test-reporter=spec',
  `--test-concurrency=${filesAtOnce}`,
  `--test-timeout=${testDeadlineMs}`,
  `--import=${pathToFileURL(join(projectDirectory, 'setup', 'test-guard.mjs'))}`,
  ...args.filter((arg) => arg.startsWith('-')),
];
const files = args.filter((arg) => !arg.startsWith('-')).map(testPattern);
if (files.length === 0) files.push('test/**/*.test.ts');
become(node, [...runnerArgs, ...files], environment);

function check(title, tool, toolArgs) {
  say(`checking ${title}`);
  const script = join(projectDirectory, 'node_modules', '.bin', tool);
  // Both tools are small Node scripts around a native program, so they run on our Node too.
  const result = spawnSync(node, [script, ...toolArgs], { stdio: 'inherit', env: environment });
  if (result.status === 0) return;
  say(`${title}: ${tool} found faults (above); no test was run`);
  process.exit(1);
}

function testPattern(path) {
  const isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory();
  return isDirectory ? join(path, '**', '*.test.ts') : path;
}
