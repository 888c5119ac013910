import type { Offender, Tree } from '../tree.ts';
import * as dependencies from './dependencies.ts';
import * as imports from './imports.ts';
import * as names from './names.ts';
import * as processes from './processes.ts';
import * as purity from './purity.ts';
import * as sizes from './sizes.ts';
import * as sql from './sql.ts';
import * as tests from './tests.ts';
import * as text from './text.ts';

export interface Rule {
  /** The promise, as the name of a test. */
  name: string;
  offenders: (tree: Tree) => Offender[];
}

export const rules: readonly Rule[] = [
  { name: 'imports go one way', offenders: imports.importDirections },
  { name: 'the HTTP library stays in base/http', offenders: imports.httpStaysInItsRoom },
  { name: 'imports across rooms go by name', offenders: imports.importsAreNamed },
  { name: 'SQL stands only in stores and db', offenders: sql.sqlStaysInStores },
  { name: 'no file is longer than 300 lines', offenders: sizes.filesAreSmall },
  { name: 'no line is longer than 100 characters', offenders: sizes.linesAreShort },
  { name: 'no function is longer than 70 lines', offenders: sizes.functionsAreShort },
  { name: 'no file name is an empty word', offenders: names.fileNamesSaySomething },
  { name: 'file names are in kebab-case', offenders: names.fileNamesAreKebabCase },
  { name: 'clock, ids and randomness come in by argument', offenders: purity.timeAndChanceComeIn },
  { name: 'the environment is read once', offenders: purity.environmentIsReadOnce },
  { name: 'modules hold no state', offenders: purity.modulesHoldNoState },
  { name: 'no outside process is started by a shell', offenders: processes.noShell },
  { name: 'every qemu-img call names formats', offenders: processes.qemuImgNamesFormats },
  { name: 'nothing unfinished is left as a remark', offenders: text.nothingIsPromised },
  { name: 'no path of a certain machine is named', offenders: text.noMachineIsNamed },
  { name: 'each dependency is in a decision', offenders: dependencies.dependenciesAreDecided },
  { name: 'each dependency is pinned', offenders: dependencies.dependenciesArePinned },
  { name: 'every test runs', offenders: tests.everyTestRuns },
];

/** `path:line what`, one per line, as an editor can jump to. */
export function listOffenders(offenders: readonly Offender[]): string[] {
  return offenders.map(({ path, line, what }) => `${path}:${line} ${what}`).sort();
}
