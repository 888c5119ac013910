import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runStep } from './run-step.mjs';
import { commandText, say } from './say.mjs';

/**
 * Installs the locked npm packages when they are not there or not the locked ones.
 * @returns the path of the Node that the npm package `node` brought; ends the process without one
 */
export async function ensureNpmPackages(projectDirectory, mayInstall, withDevelopment) {
  const node = join(projectDirectory, 'node_modules', '.bin', 'node');
  let installed = false;
  if (!isInstalled(projectDirectory, withDevelopment)) {
    installed = true;
    const args = ['ci', '--no-audit', '--no-fund'];
    const result = mayInstall && (await runNpm(projectDirectory, 'installing npm packages', args));
    if (!result?.done) giveUp('The npm packages are not installed', args, result?.output);
  }
  if (!isProgram(node)) {
    // npm leaves install scripts out when it is configured so; one of them puts Node in place.
    const args = ['rebuild', 'node', '--ignore-scripts=false'];
    const result = mayInstall && (await runNpm(projectDirectory, 'putting Node in place', args));
    if (!isProgram(node)) giveUp('The npm package "node" has no binary', args, result?.output);
    installed = true;
  }
  if (installed) checkThatItRuns(node);
  return node;
}

/** Once is enough; a Debian without a library that Node needs was told which by its package. */
function checkThatItRuns(node) {
  const { error, status, stderr } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  if (status === 0) return;
  say(`the Node from npm does not run here: ${(error?.message ?? stderr).trim()}`);
  process.exit(1);
}

/**
 * Compares the lockfile with the record that npm keeps of what it installed, so that it does not
 * matter who installed it. Packages for other platforms are locked but never installed.
 */
function isInstalled(projectDirectory, withDevelopment) {
  const recordPath = join(projectDirectory, 'node_modules', '.package-lock.json');
  if (!existsSync(recordPath)) return false;
  const wanted = readPackages(join(projectDirectory, 'package-lock.json'));
  const present = readPackages(recordPath);
  return Object.entries(wanted).every(([path, entry]) => {
    const found = present[path];
    if (path === '') return true;
    if (!found) return entry.optional === true || (entry.dev === true && !withDevelopment);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}

function isProgram(path) {
  const status = statSync(path, { throwIfNoEntry: false });
  return status?.isFile() === true && (status.mode & 0o111) !== 0;
}

/** npm itself must run on the machine's Node: the one in node_modules is about to be replaced. */
function runNpm(projectDirectory, title, args) {
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package)_/.test(name)),
  );
  environment.PATH = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter);
  return runStep(title, 'npm', args, { environment, cwd: projectDirectory });
}

function giveUp(sentence, npmArgs, output) {
  if (output) process.stderr.write(`${output.trimEnd()}\n`);
  say(`${sentence}. To try by hand, type: ${commandText('npm', npmArgs)}`);
  process.exit(1);
}
