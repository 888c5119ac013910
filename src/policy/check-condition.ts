import { kindOf, readOperator } from './condition-operators.ts';
import { type Condition, documentLimits } from './document.ts';
import { documentErrors } from './document-errors.ts';

/** Throws one of IAM.1050 to IAM.1057. */
export function checkCondition(written: unknown): Condition {
  const operators = entriesOf(written);
  const count = operators.length;
  if (count < 1 || count > documentLimits.operators) throw documentErrors.conditionCount({ count });
  return Object.fromEntries(operators.map(([name, keys]) => [name, checkOperator(name, keys)]));
}

function entriesOf(written: unknown): [string, unknown][] {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return [];
  return Object.entries(written);
}

function checkOperator(name: string, written: unknown): Record<string, string[]> {
  const text = name.slice(0, 64);
  const operator = readOperator(name);
  if (!operator) throw documentErrors.operator({ text });
  const keys = entriesOf(written);
  const count = keys.length;
  if (count < 1 || count > documentLimits.attributes) {
    throw documentErrors.attributeCount({ text, count });
  }
  for (const [key] of keys) {
    const kind = kindOf(key);
    const shown = key.slice(0, 64);
    if (!kind) throw documentErrors.attribute({ text: shown });
    if (operator.operator && operator.operator.kind !== kind) {
      throw documentErrors.attributeKind({ text: shown, operator: name });
    }
  }
  return Object.fromEntries(keys.map(([key, values]) => [key, checkValues(name, key, values)]));
}

function checkValues(operator: string, key: string, written: unknown): string[] {
  const text = key.slice(0, 64);
  if (!Array.isArray(written)) throw documentErrors.attributeArray({ text });
  const { values, valueCharacters } = documentLimits;
  const fits = (value: unknown) =>
    typeof value === 'string' && value.length > 0 && value.length <= valueCharacters;
  if (written.length < 1 || written.length > values || !written.every(fits)) {
    throw documentErrors.valueLength({ text, operator });
  }
  if (written.some((value: string) => /[\p{Cc}]/u.test(value))) {
    throw documentErrors.valueCharacters({ text });
  }
  return written;
}
