import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mayInstallDebian, readPackageLists } from './apt.mjs';
import { runStep } from './run-step.mjs';
import { commandText, say } from './say.mjs';

/**
 * Builds the test image when there is none, or when its recipe has changed since.
 * @returns its path, or undefined when there is none; then a start goes on without it
 */
export async function ensureTinyImage(projectDirectory, node, mayBuild) {
  const builder = join(projectDirectory, 'images', 'tiny', 'build.mjs');
  if (!existsSync(builder)) return undefined;
  const { isBuilt } = await import(builder);
  const image = join(projectDirectory, '.cache', 'tiny.qcow2');
  if (isBuilt(image)) return image;
  const built = mayBuild && (await build(node, builder, image));
  // An image of an older recipe still boots; it is better than none.
  return built || existsSync(image) ? image : undefined;
}

async function build(node, builder, image) {
  const attempt = () =>
    runStep('building the test image', node, [builder, image], { onOutput: say });
  let result = await attempt();
  if (!result.done && mayInstallDebian()) {
    // On a machine that was just set up, or long not updated, apt does not know the packages.
    await readPackageLists();
    result = await attempt();
  }
  if (result.done) return true;
  process.stderr.write(`${result.output.trimEnd()}\n`);
  const command = commandText(node, [builder, image]);
  say(`the test image was not built (above); going on. To try by hand, type: ${command}`);
  return false;
}
