import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { newcArchive } from './cpio.mjs';
import { neededLibraries, neededModules } from './elf.mjs';
import { runProgram } from './packages.mjs';

/** Modules the initramfs loads to reach the disk; their dependencies come along. */
const bootModules = ['virtio_pci', 'virtio_blk'];

/** Modules the running system loads by name. */
const systemModules = [
  'virtio_net',
  'virtio_console',
  'virtio-rng',
  'pvpanic-mmio',
  'isofs',
  'button',
  'evdev',
];

/** Programs by their path in Debian's packages, and where the guest has them. */
const programs = {
  '/usr/sbin/dropbear': '/usr/sbin/dropbear',
  '/usr/bin/dropbearkey': '/usr/bin/dropbearkey',
  '/usr/sbin/qemu-ga': '/usr/sbin/qemu-ga',
  '/sbin/resize2fs': '/usr/sbin/resize2fs',
};

const libraryFolders = ['/lib/x86_64-linux-gnu', '/usr/lib/x86_64-linux-gnu'];
const loader = '/lib64/ld-linux-x86-64.so.2';

const folders = [
  'bin', 'dev', 'etc/dropbear', 'home/tiny', 'lib', 'lib64', 'mnt', 'proc', 'root', 'run',
  'sbin', 'sys', 'tmp', 'usr/bin', 'usr/sbin', 'usr/lib', 'var/lib/tiny', 'var/log',
];

const privateFolders = ['root', 'home/tiny', 'var/lib/tiny', 'etc/dropbear'];

/**
 * Lays out the guest as two folders: `boot` with kernel and initramfs, `root` with the file system.
 * Modes are set here; owners when the file system is made, so that no root is needed.
 */
export function layOutGuest(unpacked, guestFolder, boot, root) {
  mkdirSync(boot);
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
  copyGuestFiles(join(guestFolder, 'root'), root);
  chmodSync(join(root, 'etc/shadow'), 0o600);
  for (const folder of privateFolders) chmodSync(join(root, folder), 0o700);
  chmodSync(join(root, 'tmp'), 0o1777);
  symlinkSync('/run/tiny/resolv.conf', join(root, 'etc/resolv.conf'));
  installBusybox(unpacked, root);
  installPrograms(unpacked, root);
  const modules = openModules(unpacked);
  installModules(modules, root);
  const kernel = join(unpacked, 'boot', `vmlinuz-${modules.release}`);
  copyFileSync(kernel, join(boot, 'vmlinuz'));
  writeFileSync(join(boot, 'initramfs'), initramfs(unpacked, guestFolder, modules));
}

/** What starts with `#!` is a program; everything else is a plain file. */
function copyGuestFiles(from, to) {
  cpSync(from, to, { recursive: true });
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name).slice(from.length);
    const isProgram = readFileSync(join(to, path)).subarray(0, 2).toString() === '#!';
    chmodSync(join(to, path), isProgram ? 0o755 : 0o644);
  }
}

function installBusybox(unpacked, root) {
  const busybox = join(unpacked, 'bin/busybox');
  copyFileSync(busybox, join(root, 'bin/busybox'));
  chmodSync(join(root, 'bin/busybox'), 0o755);
  const applets = runProgram(busybox, ['--list-full']).trim().split('\n');
  for (const applet of applets) {
    const path = join(root, applet);
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path)) symlinkSync('/bin/busybox', path);
  }
}

function installPrograms(unpacked, root) {
  const wanted = new Set([basename(loader)]);
  for (const [from, to] of Object.entries(programs)) {
    copyProgram(join(unpacked, from), join(root, to));
    collectLibraries(unpacked, readFileSync(join(unpacked, from)), wanted);
  }
  for (const name of [...wanted].sort()) {
    copyProgram(findLibrary(unpacked, name), join(root, 'lib', name));
  }
  symlinkSync(`/lib/${basename(loader)}`, join(root, loader));
}

function copyProgram(from, to) {
  copyFileSync(realpathSync(from), to);
  chmodSync(to, 0o755);
}

function collectLibraries(unpacked, elf, wanted) {
  for (const name of neededLibraries(elf)) {
    if (wanted.has(name)) continue;
    wanted.add(name);
    collectLibraries(unpacked, readFileSync(findLibrary(unpacked, name)), wanted);
  }
}

function findLibrary(unpacked, name) {
  const path = libraryFolders.map((folder) => join(unpacked, folder, name)).find(existsSync);
  if (path === undefined) throw new Error(`no downloaded package has the library ${name}`);
  return path;
}

/** Where each kernel module is, by the name the kernel knows it under (`-` and `_` are one). */
function openModules(unpacked) {
  const [release] = readdirSync(join(unpacked, 'lib/modules'));
  const folder = join(unpacked, 'lib/modules', release);
  const paths = new Map();
  for (const path of readdirSync(folder, { recursive: true })) {
    if (path.endsWith('.ko')) paths.set(kernelName(basename(path, '.ko')), path);
  }
  return { release, folder, paths };
}

function kernelName(module) {
  return module.replaceAll('-', '_');
}

/** The modules with all they depend on, each after its dependencies. */
function inLoadOrder(modules, names, ordered = new Map()) {
  for (const name of names) {
    const path = modules.paths.get(kernelName(name));
    if (path === undefined) throw new Error(`the kernel package has no module ${name}`);
    if (ordered.has(path)) continue;
    const data = readFileSync(join(modules.folder, path));
    const needed = neededModules(data);
    inLoadOrder(modules, needed, ordered);
    ordered.set(path, { data, needed });
  }
  return ordered;
}

/** The modules and the `modules.dep` that modprobe reads; nobody runs depmod in the guest. */
function installModules(modules, root) {
  const folder = join(root, 'lib/modules', modules.release);
  const lines = [];
  for (const [path, module] of inLoadOrder(modules, [...bootModules, ...systemModules])) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), module.data, { mode: 0o644 });
    const needed = [...inLoadOrder(modules, module.needed).keys()].reverse();
    lines.push(`${[`${path}:`, ...needed].join(' ')}\n`);
  }
  writeFileSync(join(folder, 'modules.dep'), lines.join(''));
}

function initramfs(unpacked, guestFolder, modules) {
  const applets = ['sh', 'blockdev', 'dd', 'insmod', 'mount', 'printf', 'switch_root', 'usleep'];
  const busybox = readFileSync(join(unpacked, 'bin/busybox'));
  const entries = ['bin', 'dev', 'modules', 'proc', 'root', 'sys'].map((path) => ({ path }));
  const file = (path, data, mode) => entries.push({ path, data, mode: 0o100000 | mode });
  file('init', readFileSync(join(guestFolder, 'initramfs/init')), 0o755);
  file('bin/busybox', busybox, 0o755);
  for (const applet of applets) {
    entries.push({ path: `bin/${applet}`, data: Buffer.from('busybox'), mode: 0o120777 });
  }
  const order = inLoadOrder(modules, bootModules);
  for (const [path, module] of order) file(`modules/${basename(path)}`, module.data, 0o644);
  const names = [...order.keys()].map((path) => `${basename(path, '.ko')}\n`);
  file('modules/order', Buffer.from(names.join('')), 0o644);
  return newcArchive(entries);
}
