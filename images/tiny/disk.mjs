import {
  closeSync,
  copyFileSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './packages.mjs';

const sectorBytes = 512;
const mib = 1024 * 1024;
/** The first partition holds what the boot loader reads, the second, which can grow, the rest. */
const bootPartition = { startBytes: 1 * mib, sizeBytes: 20 * mib, type: 0x06 };
const rootPartition = { startBytes: 21 * mib, sizeBytes: 18 * mib, type: 0x83 };

/** One time for every file, so that two builds of the same packages are the same disk. */
const epochSeconds = 1_700_000_000;
const fileSystemUuid = '74696e79-726f-6f74-8000-000000000001';

/**
 * Beside the console these only save time under emulation: no self-tests, no security modules, no
 * mitigations. The firmware's interrupt routing stays: a card that is plugged in later needs it.
 */
const kernelOptions = [
  'console=ttyS0,115200',
  'net.ifnames=0',
  'panic=5',
  'quiet',
  'tsc=reliable',
  'cryptomgr.notests',
  'mitigations=off',
  'lsm=capability',
  'audit=0',
  'edd=off',
  'nokaslr',
  'rcupdate.rcu_expedited=1',
].join(' ');

const loaderConfiguration = `DEFAULT tiny
PROMPT 0
LABEL tiny
  KERNEL vmlinuz
  INITRD initramfs
  APPEND ${kernelOptions}
`;

/**
 * Makes a bootable qcow2 disk: SYSLINUX with kernel and initramfs in a FAT partition (measured
 * under emulation it loads them in a third of the time GRUB takes), the root folder in an ext4 one.
 * Written beside the output and renamed, so that an interrupted build leaves no half disk.
 * @param boot the folder with `vmlinuz` and `initramfs`.
 */
export function writeDisk(unpacked, boot, root, workFolder, outputPath) {
  const rawDisk = join(workFolder, 'disk.raw');
  writeFileSync(rawDisk, masterBootRecord(unpacked));
  const disk = openSync(rawDisk, 'r+');
  const bootFileSystem = readFileSync(makeBootFileSystem(unpacked, boot, workFolder));
  const rootFileSystem = readFileSync(makeRootFileSystem(unpacked, root, workFolder));
  writeSync(disk, bootFileSystem, 0, bootFileSystem.length, bootPartition.startBytes);
  writeSync(disk, rootFileSystem, 0, rootFileSystem.length, rootPartition.startBytes);
  closeSync(disk);
  const partial = `${outputPath}.partial`;
  // Compressed clusters are unpacked by the host's own code, far faster than by the guest's.
  const formats = ['-f', 'raw', '-O', 'qcow2', '-c', '-o', 'compat=1.1,compression_type=zlib'];
  runProgram('qemu-img', ['convert', ...formats, rawDisk, partial]);
  const written = openSync(partial, 'r');
  fsyncSync(written);
  closeSync(written);
  renameSync(partial, outputPath);
}

/** Runs a program of the unpacked packages with their own loader and libraries. */
function runUnpacked(unpacked, program, args, options) {
  const libraries = ['lib', 'usr/lib'].map((folder) => join(unpacked, folder, 'x86_64-linux-gnu'));
  const loader = join(unpacked, 'lib/x86_64-linux-gnu/ld-linux-x86-64.so.2');
  const prefix = ['--library-path', libraries.join(':'), join(unpacked, program)];
  return runProgram(loader, [...prefix, ...args], options);
}

function masterBootRecord(unpacked) {
  const sector = Buffer.alloc(sectorBytes);
  readFileSync(join(unpacked, 'usr/lib/syslinux/mbr/mbr.bin')).copy(sector, 0, 0, 440);
  sector.writeUInt32LE(0x796e6974, 440);
  [bootPartition, rootPartition].forEach((partition, index) => {
    const at = 446 + index * 16;
    sector[at] = index === 0 ? 0x80 : 0;
    // Cylinders, heads and sectors are all ones: only the block addresses count.
    sector.fill(0xff, at + 1, at + 8);
    sector[at + 4] = partition.type;
    sector.writeUInt32LE(partition.startBytes / sectorBytes, at + 8);
    sector.writeUInt32LE(partition.sizeBytes / sectorBytes, at + 12);
  });
  sector.writeUInt16BE(0x55aa, 510);
  return sector;
}

function makeBootFileSystem(unpacked, boot, workFolder) {
  const path = join(workFolder, 'boot.fat');
  writeFileSync(path, '');
  truncateSync(path, bootPartition.sizeBytes);
  writeFileSync(join(boot, 'syslinux.cfg'), loaderConfiguration);
  const modules = join(unpacked, 'usr/lib/syslinux/modules/bios');
  copyFileSync(join(modules, 'ldlinux.c32'), join(boot, 'ldlinux.c32'));
  const programs = join(unpacked, 'usr/bin');
  // SYSLINUX's installer calls mtools by name.
  const searchPath = `${programs}:/usr/bin:/bin`;
  const env = { PATH: searchPath, MTOOLSRC: '/dev/null', SOURCE_DATE_EPOCH: `${epochSeconds}` };
  const tracks = bootPartition.sizeBytes / (64 * 32 * sectorBytes);
  const geometry = ['-h', '64', '-s', '32', '-t', `${tracks}`];
  const hiddenSectors = `${bootPartition.startBytes / sectorBytes}`;
  const shape = [...geometry, '-H', hiddenSectors, '-c', '16', '-N', '74696e79'];
  runProgram(join(programs, 'mformat'), ['-i', path, ...shape, '::'], { env });
  for (const name of ['vmlinuz', 'initramfs', 'syslinux.cfg', 'ldlinux.c32']) {
    const copied = join(boot, name);
    utimesSync(copied, epochSeconds, epochSeconds);
    runProgram(join(programs, 'mcopy'), ['-m', '-i', path, copied, `::${name}`], { env });
  }
  runProgram(join(programs, 'syslinux'), ['--install', path], { env });
  return path;
}

function makeRootFileSystem(unpacked, root, workFolder) {
  const path = join(workFolder, 'root.ext4');
  writeFileSync(path, '');
  truncateSync(path, rootPartition.sizeBytes);
  const shape = ['-b', '4096', '-I', '256', '-N', '2048', '-m', '1', '-J', 'size=4'];
  // Room in the group descriptors for a root disk of 64 GiB, so that it can grow while mounted.
  const growth = `resize=${16 * 1024 * 1024},lazy_itable_init=1,hash_seed=${fileSystemUuid}`;
  const features = ['-O', '^orphan_file,^metadata_csum_seed'];
  const names = ['-L', 'tiny-root', '-U', fileSystemUuid];
  const env = { E2FSPROGS_FAKE_TIME: `${epochSeconds}`, MKE2FS_CONFIG: '/dev/null' };
  const args = ['-q', '-F', '-t', 'ext4', ...shape, '-E', growth, ...features, ...names];
  runUnpacked(unpacked, 'sbin/mke2fs', [...args, '-d', root, path], { env });
  const input = ownershipCommands(root);
  runUnpacked(unpacked, 'sbin/debugfs', ['-w', '-f', '-', path], { env, input });
  return path;
}

/** Owners and times are set inside the file system: the builder need not be root. */
function ownershipCommands(root) {
  const paths = readdirSync(root, { recursive: true }).map((path) => `/${path}`).sort();
  const lines = ['/', ...paths].flatMap((path) => {
    const owner = path.startsWith('/home/tiny') ? 1000 : 0;
    const times = ['atime', 'ctime', 'mtime', 'crtime'].map((field) => [field, `@${epochSeconds}`]);
    const fields = [['uid', owner], ['gid', owner], ...times];
    return fields.map(([field, value]) => `sif "${path}" ${field} ${value}`);
  });
  return `${lines.join('\n')}\n`;
}
