import { isCallExpression, isPropertyAssignment } from 'typescript/unstable/ast/is';
import type { Offender, Tree } from '../tree.ts';

/** Every test runs, every time: none is left out and none keeps the others from running. */
export function everyTestRuns(tree: Tree): Offender[] {
  return tree.sources
    .filter(({ path }) => path.startsWith('test/'))
    .flatMap(({ path, nodes, lineOf }) =>
      nodes().flatMap((node) => {
        const called =
          isCallExpression(node) &&
          /^(it|test|describe|suite|t)\.(only|skip|todo)$/.exec(node.expression.getText());
        const option =
          isPropertyAssignment(node) &&
          /^(only|skip|todo)$/.test(node.name.getText()) &&
          isCallExpression(node.parent.parent) &&
          /^(it|test|describe|suite)$/.test(node.parent.parent.expression.getText());
        if (!called && !option) return [];
        return [{ path, line: lineOf(node), what: `holds ${node.getText().slice(0, 30)}` }];
      }),
    );
}
