import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '#base/process.ts';
import type { RootDiskSpec } from '../storage.ts';

/** What an overlay is made of before anything is written to it. */
export interface OverlayFacts {
  /** Name of the file below it, in the folder of bases. */
  base: string;
  baseFormat: RootDiskSpec['imageFormat'];
  sizeBytes: number;
}

/** A file without its holes. */
interface Template {
  sizeBytes: number;
  blocks: { offset: number; bytes: Buffer }[];
}

const blockBytes = 4096;
/** One takes about 16 KiB. */
const mostTemplates = 64;

/**
 * Makes root disks that hold nothing yet. `qemu-img` writes the first of each kind; those after it
 * are the same bytes, and are written in a tenth of the time that a process takes.
 */
export class EmptyOverlays {
  readonly #templates = new Map<string, Template>();

  async write(path: string, facts: OverlayFacts): Promise<void> {
    const kind = JSON.stringify([facts.base, facts.baseFormat, facts.sizeBytes]);
    const known = this.#templates.get(kind);
    if (known) return writeTemplate(path, known);
    await createOverlay(path, facts);
    const [eldest] = this.#templates.keys();
    if (eldest !== undefined && this.#templates.size >= mostTemplates) {
      this.#templates.delete(eldest);
    }
    this.#templates.set(kind, withoutHoles(await readFile(path)));
  }
}

async function createOverlay(path: string, facts: OverlayFacts): Promise<void> {
  // Named from its own folder, so that the state directory may be moved as a whole; -u, for
  // neither the image nor its format needs to be looked at again.
  const backing = join('..', 'bases', facts.base);
  const args = ['create', '-q', '-u', '-f', 'qcow2', '-b', backing, '-F', facts.baseFormat];
  await run('qemu-img', [...args, path, `${facts.sizeBytes}`]);
}

function withoutHoles(file: Buffer): Template {
  const blocks: Template['blocks'] = [];
  for (let offset = 0; offset < file.length; offset += blockBytes) {
    const bytes = file.subarray(offset, offset + blockBytes);
    // A copy: a part of the whole would keep all of it.
    if (bytes.some((byte) => byte !== 0)) blocks.push({ offset, bytes: Buffer.from(bytes) });
  }
  return { sizeBytes: file.length, blocks };
}

async function writeTemplate(path: string, { sizeBytes, blocks }: Template): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await file.truncate(sizeBytes);
  for (const { offset, bytes } of blocks) await file.writev([bytes], offset);
}
