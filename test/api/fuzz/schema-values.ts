import fc from 'fast-check';
import { hostileNumbers, hostileTexts } from './hostile-values.ts';

interface Schema {
  type?: string | string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  items?: Schema | Schema[];
  minimum?: number;
  maximum?: number;
  format?: string;
  pattern?: string;
}

/** Things that exist: ids by the resource's name, and everything that may be tried anywhere. */
export interface Known {
  byKind: Readonly<Record<string, string>>;
  all: readonly string[];
}

/** Parts in a hundred of the values that have nothing to do with their schema. */
const wildness = 3;

/**
 * Values that mostly get past a schema, so that what stands behind it is reached, and now and then
 * do not. Texts are ids that exist (`known`), hostile ones, or anything.
 */
export function valuesOf(schema: object, known: Known, name = ''): fc.Arbitrary<unknown> {
  const tame = tameValues(schema as Schema, known, name);
  return fc.oneof(
    { weight: 100 - wildness, arbitrary: tame },
    { weight: wildness, arbitrary: wild },
  );
}

const plainText = fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/);
const anyScript = fc.oneof(plainText, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }));
/** What is too dear to generate from: looking around, and classes of all Unicode's characters. */
const dear = /\(\?[=!<]|\\p\{/;

const wild: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(...hostileTexts),
  fc.constantFrom(...hostileNumbers),
);

/** @param name of the member or parameter: what it names exists more often than not. */
export function texts(known: Known, name = ''): fc.Arbitrary<string> {
  const named = known.byKind[kindOf(name)];
  return fc.oneof(
    { weight: named === undefined ? 0 : 14, arbitrary: fc.constant(named ?? '') },
    { weight: 5, arbitrary: plainText },
    { weight: 1, arbitrary: fc.constantFrom(...known.all) },
    { weight: 2, arbitrary: fc.constantFrom(...hostileTexts) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  );
}

/** `server_id` → `server`, `imageRef` → `image`, `tenant_id` → `project`. */
function kindOf(name: string): string {
  const kind = name.replace(/(_id|_name|Ref)$/, '').replace(/^quota_/, '');
  return aliases[kind] ?? kind;
}

const aliases: Record<string, string> = {
  uuid: 'network',
  tenant: 'project',
  member: 'project',
  key: 'keypair',
};

function tameValues(schema: Schema, known: Known, name: string): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => valuesOf(choice, known, name)));
  const [part] = schema.allOf ?? [];
  if (part) return valuesOf(part, known, name);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'object':
      return objects(schema, known);
    case 'array':
      return fc.array(valuesOf(itemOf(schema), known, name), { maxLength: 4 });
    case 'integer':
    case 'number':
      return numbers(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return textsOf(schema, known, name);
    default:
      return fc.oneof(texts(known, name), wild);
  }
}

function itemOf(schema: Schema): Schema {
  const { items } = schema;
  return (Array.isArray(items) ? items[0] : items) ?? {};
}

function numbers(schema: Schema): fc.Arbitrary<number> {
  const min = Math.max(schema.minimum ?? -10, -(2 ** 31));
  const max = Math.min(schema.maximum ?? 5000, 2 ** 31 - 1);
  const usual = fc.integer({ min, max: Math.max(min, max) });
  return fc.oneof({ weight: 9, arbitrary: usual }, fc.constantFrom(...hostileNumbers));
}

const formats: Record<string, fc.Arbitrary<string>> = {
  uuid: fc.uuid(),
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6(),
  'date-time': fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
};

function textsOf(schema: Schema, known: Known, name: string): fc.Arbitrary<string> {
  const format = formats[schema.format ?? ''] ?? matching(schema.pattern);
  const usual = texts(known, name);
  return format ? fc.oneof(format, { weight: 2, arbitrary: usual }) : usual;
}

/** Undefined where there is no pattern, or one that nothing is known to match. */
function matching(pattern: string | undefined): fc.Arbitrary<string> | undefined {
  if (pattern === undefined) return undefined;
  const expression = new RegExp(pattern, 'u');
  if (!dear.test(pattern)) return fc.stringMatching(expression, { size: 'small' });
  if (!expression.test('fuzzed-1')) return undefined;
  return anyScript.filter((text) => expression.test(text));
}

function objects(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const members = Object.entries(schema.properties ?? {}).map(
    ([name, member]) => [name, valuesOf(member, known, name)] as const,
  );
  const isRequired = ([name]: readonly [string, unknown]) => schema.required?.includes(name);
  const required = members.filter(isRequired);
  const optional = members.filter((member) => !isRequired(member));
  // Each further member is one more that may be refused before anything is done.
  const usual = fc
    .subarray(optional, { maxLength: Math.min(optional.length, 3) })
    .chain((chosen) => fc.record(Object.fromEntries([...required, ...chosen])));
  const free = Object.values(schema.patternProperties ?? {})[0] ?? schema.additionalProperties;
  const mayHoldMore = free !== undefined && free !== false;
  const more = typeof free === 'object' ? valuesOf(free, known) : wild;
  const extra = fc.dictionary(texts(known), more, { maxKeys: 4 });
  const extended = fc.tuple(usual, extra).map(([first, second]) => ({ ...second, ...first }));
  const odds = mayHoldMore ? 5 : 1;
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: odds, arbitrary: extended });
}
