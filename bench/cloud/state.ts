import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A place of its own for one measured cloud, gone with it. */
export interface TemporaryState extends Disposable {
  readonly path: string;
  /** Where Node keeps compiled sources, so that a first start compiles and a second does not. */
  readonly compiledPath: string;
}

export function temporaryState(): TemporaryState {
  // Short, because paths of UNIX sockets below it must be.
  const root = mkdtempSync(join(tmpdir(), 'cmb-'));
  return {
    path: join(root, 'state'),
    compiledPath: join(root, 'compiled'),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
