import { readOperator, type WrittenOperator } from './condition-operators.ts';
import type { Condition } from './document.ts';

/** What is known of a request: its values by key, `g:UserName`; undefined where there is none. */
export type Attributes = (key: string) => readonly string[] | undefined;

export type ConditionTest = (attributes: Attributes) => boolean;

/** Whether a condition asks of what a call is about, and not only of who makes it and when. */
export function asksOfTarget(condition: Condition = {}): boolean {
  return Object.values(condition).some((keys) =>
    Object.keys(keys).some((key) => key.startsWith('g:ResourceTag/')),
  );
}

/** All operators and all keys must hold. What nobody knows never holds. */
export function compileCondition(condition: Condition): ConditionTest {
  const tests = Object.entries(condition).flatMap(([written, keys]) => {
    const operator = readOperator(written);
    return Object.entries(keys).map(([key, values]) =>
      operator ? compileTest(operator, key, values) : () => false,
    );
  });
  return (attributes) => tests.every((test) => test(attributes));
}

function compileTest(
  { operator, isIfExists, over }: WrittenOperator,
  key: string,
  values: readonly string[],
): ConditionTest {
  if (!operator) {
    const wantsAbsent = values.map((value) => value.toLowerCase() === 'true');
    return (attributes) => wantsAbsent.includes(attributes(key) === undefined);
  }
  const holdsFor = (actual: string) => {
    const found = values.map((value) => operator.matches(actual, value));
    if (found.includes(undefined)) return false;
    return operator.isNegative ? !found.includes(true) : found.includes(true);
  };
  const isOverAll = over === 'all' || (over === undefined && operator.isNegative);
  return (attributes) => {
    const actual = attributes(key);
    if (actual === undefined) return isIfExists || over === 'all';
    return isOverAll ? actual.every(holdsFor) : actual.some(holdsFor);
  };
}
