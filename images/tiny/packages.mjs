import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What the image and the tools that make it are taken from, by Debian's package names. */
const rootPackages = [
  'busybox-static',
  'dropbear-bin',
  'e2fsprogs',
  'libc6',
  'mtools',
  'qemu-guest-agent',
  'syslinux',
  'syslinux-common',
];

const kernelPackage = 'linux-image-cloud-amd64';

/** Programs of the building machine, with the package that brings each. */
const hostPrograms = {
  'apt-cache': 'apt',
  'apt-get': 'apt',
  'dpkg-deb': 'dpkg',
  'qemu-img': 'qemu-utils',
};

/**
 * Runs a program by its argument vector and returns what it printed; throws with the end of its
 * error output when it fails.
 */
export function runProgram(file, args, options = {}) {
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', ...options.env };
  const result = spawnSync(file, args, {
    cwd: options.cwd,
    input: options.input,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: options.timeoutMs ?? 300_000,
  });
  if (result.error) throw new Error(`${file}: ${result.error.message}`);
  if (result.status !== 0) {
    const said = `${result.stderr}${result.stdout}`.trim().slice(-1500);
    throw new Error(`${file} ${args.slice(0, 3).join(' ')}: exit code ${result.status}: ${said}`);
  }
  return result.stdout;
}

/** Throws one sentence with the command to type when the building machine lacks something. */
export function checkHost() {
  const missing = Object.entries(hostPrograms)
    .filter(([program]) => spawnSync(program, ['--version']).error !== undefined)
    .map(([, debianPackage]) => debianPackage);
  if (missing.length === 0) return;
  const command = `sudo apt-get install -y ${[...new Set(missing)].join(' ')}`;
  throw new Error(`The test image cannot be built before this is installed: ${command}`);
}

/**
 * Downloads the packages and the libraries they need, and unpacks them side by side.
 * @returns the folder they were unpacked in. Nothing is installed; no root is needed.
 */
export function unpackPackages(workFolder, progress) {
  const names = packageNames();
  const downloads = join(workFolder, 'packages');
  const unpacked = join(workFolder, 'unpacked');
  mkdirSync(downloads);
  mkdirSync(unpacked);
  progress(`downloading ${names.length} Debian packages`);
  // apt's own unprivileged user cannot write into a folder that is ours.
  const sandbox = ['-o', 'APT::Sandbox::User=root'];
  runProgram('apt-get', ['-q', ...sandbox, 'download', ...names], { cwd: downloads });
  progress('unpacking');
  for (const file of readdirSync(downloads).sort()) {
    runProgram('dpkg-deb', ['-x', join(downloads, file), unpacked]);
  }
  return unpacked;
}

/** The root packages, the newest cloud kernel, and every library package below them. */
function packageNames() {
  const kernel = dependencies([kernelPackage]).find((name) => name.startsWith('linux-image-'));
  if (kernel === undefined) {
    throw new Error(
      `apt does not know ${kernelPackage}. Type: sudo apt-get update (the machine must be a ` +
        'Debian with the "main" component in its sources)',
    );
  }
  const found = new Set([...rootPackages, kernel]);
  let fresh = rootPackages;
  while (fresh.length > 0) {
    // Only libraries matter: what else a package depends on is for an installed system.
    fresh = dependencies(fresh).filter((name) => /^(lib|zlib)/.test(name) && !found.has(name));
    for (const name of fresh) found.add(name);
  }
  return [...found].sort();
}

function dependencies(names) {
  const options = ['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances'];
  const flags = options.map((option) => `--no-${option}`);
  let listing;
  try {
    listing = runProgram('apt-cache', ['depends', ...flags, ...names]);
  } catch (error) {
    const advice = 'apt does not know all packages. Type: sudo apt-get update';
    throw new Error(`${advice}\n${error.message}`);
  }
  const lines = listing.matchAll(/^ +(?:Pre)?Depends: ([a-z0-9.+-]+)$/gm);
  return [...new Set([...lines].map((line) => line[1]))];
}
