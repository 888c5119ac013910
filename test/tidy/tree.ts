import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import { API } from 'typescript/unstable/sync';

/** Places that hold other people's work, or what the program makes. */
const foreignFolders = new Set(['node_modules', '.git', '.cumulet', '.cache']);

export interface Offender {
  /** Relative to the tree's root, with forward slashes. */
  path: string;
  /** From 1; 0 when the whole file is meant. */
  line: number;
  what: string;
}

export interface Tree {
  root: string;
  /** Paths of all files, relative to the root, sorted. */
  paths: string[];
  /** The parsed ones: TypeScript, and the plain modules of set-up and images. */
  sources: Source[];
  text(path: string): string;
}

export interface Source {
  path: string;
  file: SourceFile;
  lineOf(node: Node): number;
  /** Every node, parents before children. */
  nodes(): Node[];
}

/**
 * Reads and parses a project. `configPath` is the tsconfig that names the sources. The parser is
 * the compiler's own, so a rule sees what the compiler sees.
 */
export function openTree(root: string, configPath: string): Tree {
  const paths = listFiles(root, root).sort();
  const api = new API({ cwd: root });
  try {
    const snapshot = api.updateSnapshot({ openProjects: [configPath] });
    const project = snapshot.getProjects()[0];
    if (!project) throw new Error(`${configPath} names no project`);
    const sources = project.rootFiles.map((fileName) => {
      const file = project.program.getSourceFile(fileName);
      if (!file) throw new Error(`${fileName} was not parsed`);
      return makeSource(relative(root, fileName).split(sep).join('/'), file);
    });
    snapshot.dispose();
    return { root, paths, sources, text: (path) => readFileSync(join(root, path), 'utf8') };
  } finally {
    api.close();
  }
}

function makeSource(path: string, file: SourceFile): Source {
  return {
    path,
    file,
    lineOf: (node) => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1,
    nodes() {
      const found: Node[] = [];
      const visit = (node: Node): void => {
        found.push(node);
        node.forEachChild((child) => visit(child));
      };
      visit(file);
      return found;
    },
  };
}

function listFiles(root: string, folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return foreignFolders.has(entry.name) ? [] : listFiles(root, path);
    return entry.isFile() ? [relative(root, path).split(sep).join('/')] : [];
  });
}
