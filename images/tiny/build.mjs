#!/usr/bin/env node
/**
 * Builds `tiny`, the test image: a disk that boots Debian's cloud kernel and BusyBox in seconds.
 *
 *   node images/tiny/build.mjs <output.qcow2>           builds unless that is already built
 *   node images/tiny/build.mjs --check <output.qcow2>   exit code 0 when it is built and current
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeDisk } from './disk.mjs';
import { checkHost, unpackPackages } from './packages.mjs';
import { layOutGuest } from './rootfs.mjs';

const sourceFolder = dirname(fileURLToPath(import.meta.url));

export const maxImageBytes = 32 * 1024 * 1024;

/** Changes whenever a file of the recipe does; Debian's updates alone do not change it. */
export function recipeKey() {
  const hash = createHash('sha256');
  for (const path of readdirSync(sourceFolder, { recursive: true }).sort()) {
    const file = join(sourceFolder, path);
    if (!statSync(file).isFile()) continue;
    const content = readFileSync(file);
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** True when the image is there and was made by this very recipe. */
export function isBuilt(outputPath) {
  const keyPath = `${outputPath}.key`;
  if (!existsSync(outputPath) || !existsSync(keyPath)) return false;
  return readFileSync(keyPath, 'utf8').trim() === recipeKey();
}

/**
 * Builds the image and, beside it, `<output>.key`, which says by which recipe. Nothing else is
 * left behind, whether it succeeds or throws.
 * @param progress is called with short sentences as the steps begin.
 * @returns the size of the file in bytes.
 */
export function buildTinyImage(outputPath, progress = () => undefined) {
  checkHost();
  mkdirSync(dirname(resolve(outputPath)), { recursive: true });
  const workFolder = mkdtempSync(join(tmpdir(), 'cumulet-tiny-'));
  const partial = `${outputPath}.partial`;
  try {
    const unpacked = unpackPackages(workFolder, progress);
    progress('laying out the root file system');
    const boot = join(workFolder, 'boot');
    const root = join(workFolder, 'root');
    layOutGuest(unpacked, join(sourceFolder, 'guest'), boot, root);
    progress('writing the disk');
    rmSync(`${outputPath}.key`, { force: true });
    writeDisk(unpacked, boot, root, workFolder, outputPath);
    const sizeBytes = statSync(outputPath).size;
    if (sizeBytes > maxImageBytes) throw new Error(`the image has ${sizeBytes} bytes`);
    writeFileSync(`${outputPath}.key`, `${recipeKey()}\n`);
    return sizeBytes;
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
    rmSync(partial, { force: true });
  }
}

function main(args) {
  const outputPath = args.at(-1);
  if (outputPath === undefined || args.length > 2 || outputPath.startsWith('--')) {
    process.stderr.write('usage: node images/tiny/build.mjs [--check] <output.qcow2>\n');
    return 2;
  }
  if (args[0] === '--check') return isBuilt(outputPath) ? 0 : 1;
  if (isBuilt(outputPath)) return 0;
  const startMs = Date.now();
  const say = (sentence) => process.stdout.write(`tiny image: ${sentence}\n`);
  try {
    const sizeBytes = buildTinyImage(outputPath, say);
    const seconds = ((Date.now() - startMs) / 1000).toFixed(1);
    say(`${(sizeBytes / 1024 / 1024).toFixed(1)} MiB in ${seconds} s: ${outputPath}`);
    return 0;
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
