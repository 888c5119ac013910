import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { runStep } from './run-step.mjs';
import { commandText, say } from './say.mjs';

/** Another apt may be at work, as on a machine that has just booted; it gets this long. */
const lockWaitSeconds = 300;

/**
 * Installs what is missing, when it may. What it cannot install it names with the command to type;
 * Cumulet then starts all the same and says itself what is lost.
 */
export async function ensureDebianPackages(packages, mayInstall) {
  const missing = findMissing(packages);
  if (missing === undefined) {
    const names = packages.map(({ name }) => name).join(' ');
    say(`no dpkg here, so nothing was checked; Debian calls what is needed: ${names}`);
    return;
  }
  if (missing.length === 0) return;
  for (const { name, why } of missing) say(`missing: ${name} (${why})`);
  const names = missing.map(({ name }) => name);
  const refusal = reasonNotToInstall(mayInstall);
  if (refusal) tellCommand(refusal, names);
  else await install(names);
}

/** @returns undefined on a system without dpkg */
function findMissing(packages) {
  const names = packages.map(({ name }) => name);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the braces are dpkg's own.
  const format = '${Package} ${db:Status-Status}\n';
  // Ends with 1 when a name is unknown, which is an answer too.
  const query = spawnSync('dpkg-query', ['--show', '--showformat', format, ...names], {
    encoding: 'utf8',
  });
  if (query.error) return undefined;
  const installed = new Set(query.stdout.split('\n'));
  return packages.filter(({ name }) => !installed.has(`${name} installed`));
}

/** Whether apt would obey us. */
export function mayInstallDebian() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

export function readPackageLists() {
  return apt('reading the package lists', ['update']);
}

function reasonNotToInstall(mayInstall) {
  if (!mayInstall) return 'CUMULET_INSTALL says no';
  return mayInstallDebian() ? undefined : 'only root can install packages, and only with apt-get';
}

function tellCommand(reason, names) {
  const command = commandText('apt-get', ['install', '--no-install-recommends', ...names]);
  say(`${reason}; going on without. To install, type: sudo ${command}`);
}

async function install(names) {
  if (names.some((name) => name.startsWith('postgresql-'))) keepPostgresqlIdle();
  await readPackageLists();
  const args = ['install', '--yes', '--no-install-recommends', ...names];
  const result = await apt(`installing Debian packages (${names.length})`, args);
  if (result.done) return;
  process.stderr.write(`${result.output.trimEnd()}\n`);
  tellCommand('apt-get failed (above)', names);
}

function apt(title, args) {
  const options = [
    ['-o', `DPkg::Lock::Timeout=${lockWaitSeconds}`],
    ['-o', 'Acquire::Retries=3'],
    ['-o', 'APT::Status-Fd=3'],
  ];
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  const onStatus = percentTeller(title);
  return runStep(title, 'apt-get', ['--quiet', ...options.flat(), ...args], {
    environment,
    onStatus,
  });
}

/** Turns apt's status lines (`pmstatus:<package>:<percent>:<sentence>`) into one per quarter. */
function percentTeller(title) {
  const told = new Map();
  return (line) => {
    const [kind, , percentText, sentence] = line.split(':');
    const quarter = Math.floor(Number(percentText) / 25);
    if (!(quarter > (told.get(kind) ?? 0))) return;
    told.set(kind, quarter);
    const phase = kind === 'dlstatus' ? 'download' : 'unpacking and set-up';
    say(`${title}: ${phase} ${quarter * 25} % (${sentence})`);
  };
}

/**
 * The tests start databases of their own. On a machine that never had PostgreSQL the package
 * would make and start one more, for nobody; where it is known already, its settings stand.
 */
function keepPostgresqlIdle() {
  const directory = '/etc/postgresql-common';
  if (existsSync(directory)) return;
  mkdirSync(directory, { recursive: true });
  const line = 'create_main_cluster = false\n';
  writeFileSync(`${directory}/createcluster.conf`, line, { flag: 'wx' });
}
