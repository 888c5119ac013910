import { compilePolicy } from '#policy/compile.ts';
import type { Attributes } from '#policy/conditions.ts';
import type { Statement } from '#policy/document.ts';
import { type HeldPolicy, Rights } from '#policy/rights.ts';

/** One who holds a single policy of these statements. */
function ofStatements(...statements: Statement[]): Rights {
  return withAttributes(() => undefined, ...statements);
}

/** The same, of whom this is known. */
export function withAttributes(attributes: Attributes, ...statements: Statement[]): Rights {
  const document = { Version: '1.1', Statement: statements } as const;
  const policy = compilePolicy({ id: 'id', name: 'written', document });
  return new Rights([{ policy, via: [] }], attributes);
}

export const rightsOf = Object.assign(ofStatements, {
  held: (...held: HeldPolicy[]) => new Rights(held),
});
