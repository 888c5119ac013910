import { imageErrors } from '../errors.ts';
import {
  type ImageDraft,
  isBaseAttribute,
  refuseUnsettable,
  removeProperty,
  setAttribute,
} from './attributes.ts';

export type PatchOperation = 'add' | 'remove' | 'replace';

const operations: readonly PatchOperation[] = ['add', 'remove', 'replace'];

/** v2.0 follows draft 4 of JSON patch, v2.1 draft 10, which became RFC 6902. */
export type PatchDialect = 'v2.0' | 'v2.1';

/** One change of one attribute or property of an image. */
export interface ImageChange {
  operation: PatchOperation;
  name: string;
  value: unknown;
  dialect: PatchDialect;
}

/** Glance's subset of JSON patch: three operations on the members of the image itself. */
export function parsePatch(
  changes: readonly Readonly<Record<string, unknown>>[],
  dialect: PatchDialect,
): ImageChange[] {
  return changes.map((change) => {
    const { operation, pointer } = dialect === 'v2.1' ? readDraft10(change) : readDraft4(change);
    const name = nameIn(pointer);
    if (operation !== 'remove' && !Object.hasOwn(change, 'value')) {
      throw invalid(`Operation "${operation}" requires a member named "value".`);
    }
    return { operation, name, value: change.value, dialect };
  });
}

function readDraft10(change: Readonly<Record<string, unknown>>) {
  const { op, path } = change;
  const available = operations.join(', ');
  if (op === undefined) {
    throw invalid(
      `Unable to find 'op' in JSON Schema change. It must be one of the following: ${available}.`,
    );
  }
  const operation = operations.find((known) => known === op);
  if (!operation) {
    const shown = String(op).slice(0, 64);
    throw invalid(`Invalid operation: '${shown}'. It must be one of the following: ${available}.`);
  }
  if (typeof path !== 'string') throw invalid("Unable to find 'path' in JSON Schema change");
  return { operation, pointer: path };
}

function readDraft4(change: Readonly<Record<string, unknown>>) {
  const named = operations.filter((operation) => Object.hasOwn(change, operation));
  const [operation] = named;
  if (!operation || named.length > 1) {
    throw invalid(
      'Operation objects must contain exactly one member named "add", "remove", or "replace".',
    );
  }
  const pointer = change[operation];
  if (typeof pointer !== 'string') throw invalid(`Operation "${operation}" requires a path.`);
  return { operation, pointer };
}

/** The member that a JSON pointer names; images have no deeper ones that clients may change. */
function nameIn(pointer: string): string {
  if (!pointer.startsWith('/')) throw invalid(`Pointer '${pointer}' does not start with "/".`);
  if (/~(?![01])/.test(pointer)) {
    throw invalid(`Pointer '${pointer}' contains "~" not part of a recognized escape sequence.`);
  }
  const [name = '', ...deeper] = pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  // Locations have members of their own, but are refused by name, whatever the depth.
  if (name !== '') refuseUnsettable(name);
  if (name.trim() === '' || deeper.length > 0) {
    throw invalid(`Invalid JSON pointer for this resource: '${pointer}'`);
  }
  return name;
}

/** Applies one change or throws; which values fit is the attribute's to say. */
export function applyChange(draft: ImageDraft, change: ImageChange): void {
  const { operation, name, value } = change;
  if (operation === 'remove') {
    removeProperty(draft, name);
    return;
  }
  const exists = isBaseAttribute(name) || Object.hasOwn(draft.properties, name);
  if (operation === 'replace' && !exists) throw imageErrors.propertyAbsent({ name });
  if (operation === 'add' && exists && change.dialect === 'v2.0') {
    throw imageErrors.propertyPresent({ name });
  }
  setAttribute(draft, name, value);
}

function invalid(sentence: string): Error {
  return imageErrors.patchInvalid({ sentence: sentence.slice(0, 500) });
}
