import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '#base/process.ts';
import {
  namespaceFolder,
  networkNamespace,
  routerNamespace,
  switchNamespace,
} from '#drivers/network/linux/names.ts';

/** The name under which the host knows the cloud of a state directory. */
function instanceOf(stateDirectory: string): string {
  return createHash('sha256').update(stateDirectory).digest('hex').slice(0, 8);
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

const runFolderOf = (stateDirectory: string) => `/run/cumulet/${instanceOf(stateDirectory)}`;

/** Namespaces that the cloud of a state directory has on the host now. */
export function namespacesOf(stateDirectory: string): string[] {
  const folder = runFolderOf(stateDirectory);
  const names = [
    switchNamespace(instanceOf(stateDirectory)),
    ...namesIn(join(folder, 'networks')).map(networkNamespace),
    ...namesIn(join(folder, 'routers')).map(routerNamespace),
  ];
  return names.filter(namespaceIsThere);
}

export function namespaceIsThere(name: string): boolean {
  return existsSync(join(namespaceFolder, name));
}

/** What wires servers: taps, and what is noted of their ports. */
export async function portWiresOf(stateDirectory: string): Promise<string[]> {
  const namespace = switchNamespace(instanceOf(stateDirectory));
  const { stdout } = await run('ip', ['-n', namespace, '-j', 'link', 'show']);
  const links = JSON.parse(stdout) as { ifname: string }[];
  const taps = links.map((link) => link.ifname).filter((name) => name.startsWith('tap'));
  return [...taps, ...namesIn(join(runFolderOf(stateDirectory), 'ports'))];
}

/** Takes down by force what a cloud that could not be stopped in order has left. */
export async function removeWires(stateDirectory: string): Promise<void> {
  for (const namespace of namespacesOf(stateDirectory)) {
    const { stdout } = await run('ip', ['netns', 'pids', namespace]);
    const processIds = stdout.split('\n').filter((line) => line !== '');
    for (const processId of processIds) process.kill(Number(processId), 'SIGKILL');
    await run('ip', ['netns', 'delete', namespace]);
  }
  rmSync(runFolderOf(stateDirectory), { recursive: true, force: true });
}
