import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Named by set-up, or where set-up puts it. */
export function tinyImage(): string | undefined {
  const built = join(import.meta.dirname, '..', '..', '.cache', 'tiny.qcow2');
  return process.env.CUMULET_TINY_IMAGE || (existsSync(built) ? built : undefined);
}
