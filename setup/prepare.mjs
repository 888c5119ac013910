import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDebianPackages } from './apt.mjs';
import { packagesFor } from './debian-packages.mjs';
import { ensureNpmPackages } from './npm-packages.mjs';
import { ensureTinyImage } from './tiny-image.mjs';

export const projectDirectory = join(import.meta.dirname, '..');

/**
 * Makes the machine ready for a purpose: `up` (serve), `test`, or `other` (commands that only talk
 * to files and processes). When nothing is missing this only looks, and takes some tens of ms.
 * @returns the Node to go on with, and the environment to give it
 */
export async function prepare({ purpose, args }) {
  const wish = readWish(args);
  // Debian first: without its libraries the Node that npm brings cannot even begin.
  await ensureDebianPackages(packagesFor(purpose, wish), wish.install);
  const node = await ensureNpmPackages(projectDirectory, wish.install, purpose === 'test');
  // Node keeps what it made of each source file there: the next start reads them twice as fast.
  const compiled = join(projectDirectory, '.cache', 'compiled');
  const environment = { NODE_COMPILE_CACHE: compiled, ...process.env };
  if (purpose === 'other') return { node, environment };
  const mayBuild = wish.install && (purpose === 'test' || wish.hypervisor !== 'simulated');
  if (!wish.tinyImage) {
    const image = await ensureTinyImage(projectDirectory, node, mayBuild);
    if (image) environment.CUMULET_TINY_IMAGE = image;
  }
  return { node, environment };
}

/** The few settings that change what must be installed; all are checked later, by the cloud. */
function readWish(args) {
  const options = Object.fromEntries(
    ['hypervisor', 'network', 'tiny-image', 'install'].map((name) => [name, { type: 'string' }]),
  );
  const { values } = parseArgs({ args, options, strict: false });
  const { env } = process;
  return {
    hypervisor: values.hypervisor ?? env.CUMULET_HYPERVISOR,
    network: values.network ?? env.CUMULET_NETWORK,
    tinyImage: values['tiny-image'] ?? env.CUMULET_TINY_IMAGE,
    install: (values.install ?? env.CUMULET_INSTALL) !== 'no',
  };
}
