type Test = (asked: string, found: string) => boolean;

function numbers(compare: (found: number, asked: number) => boolean): Test {
  return (asked, found) => {
    const [left, right] = [Number(found), Number(asked)];
    return found.trim() !== '' && asked.trim() !== '' && compare(left, right);
  };
}

const tests: Readonly<Record<string, Test>> = {
  // Kept by Nova from a time when it meant just this.
  '=': numbers((found, asked) => found >= asked),
  '==': numbers((found, asked) => found === asked),
  '!=': numbers((found, asked) => found !== asked),
  '>=': numbers((found, asked) => found >= asked),
  '<=': numbers((found, asked) => found <= asked),
  's==': (asked, found) => found === asked,
  's!=': (asked, found) => found !== asked,
  's<': (asked, found) => found < asked,
  's<=': (asked, found) => found <= asked,
  's>': (asked, found) => found > asked,
  's>=': (asked, found) => found >= asked,
};

/**
 * Whether what a host or an aggregate says satisfies what an extra spec asks, in the little
 * language of extra specs: a bare value, `<in> part`, `<or> one <or> other`, `<all-in> a b`, or an
 * operator and a value.
 */
export function satisfies(asked: string, found: string): boolean {
  const [word = '', ...rest] = asked.trim().split(/\s+/);
  if (word === '<or>') {
    return asked
      .split('<or>')
      .map((choice) => choice.trim())
      .slice(1)
      .includes(found);
  }
  if (word === '<in>') return found.includes(rest[0] ?? '');
  if (word === '<all-in>') return rest.every((part) => found.includes(part));
  const test = Object.hasOwn(tests, word) ? tests[word] : undefined;
  return test ? test(rest.join(' '), found) : found === asked;
}
