import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '#base/process.ts';

/** What cloud-init, cirros and `tiny` look for. */
const volumeLabel = 'config-2';

/**
 * Writes an ISO 9660 volume with Rock Ridge and Joliet names, as Nova makes its config drives.
 * @param folder a fresh path for the files on their way; the caller removes it. They may hold
 * passwords, so that nobody else may look into it.
 */
export async function writeConfigDrive(
  folder: string,
  files: Record<string, Uint8Array>,
  isoPath: string,
): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, checkedPath(path));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content, { mode: 0o600 });
  }
  const names = ['-J', '-joliet-long', '-r', '-l', '-input-charset', 'utf-8'];
  await run('genisoimage', ['-quiet', ...names, '-V', volumeLabel, '-o', isoPath, folder]);
}

function checkedPath(path: string): string {
  const parts = path.split('/');
  const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..');
  if (!isPlain || path.includes('\0')) throw new Error(`no path for a config drive: ${path}`);
  return path;
}
