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
}

/** Parts in a hundred of the values that have nothing to do with their schema. */
const wildness = 6;

/**
 * Values that mostly get past a schema, so that what stands behind it is reached, and now and then
 * do not. Texts are ids that exist (`known`), hostile ones, or anything.
 */
export function valuesOf(schema: object, known: readonly string[]): fc.Arbitrary<unknown> {
  const tame = tameValues(schema as Schema, known);
  return fc.oneof(
    { weight: 100 - wildness, arbitrary: tame },
    { weight: wildness, arbitrary: wild },
  );
}

const wild: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(...hostileTexts),
  fc.constantFrom(...hostileNumbers),
);

export function texts(known: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...known) },
    { weight: 2, arbitrary: fc.constantFrom(...hostileTexts) },
    { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  );
}

function tameValues(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => valuesOf(choice, known)));
  const [part] = schema.allOf ?? [];
  if (part) return valuesOf(part, known);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'object':
      return objects(schema, known);
    case 'array':
      return fc.array(valuesOf(itemOf(schema), known), { maxLength: 4 });
    case 'integer':
    case 'number':
      return numbers(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return textsOf(schema, known);
    default:
      return fc.oneof(texts(known), wild);
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
  return fc.oneof({ weight: 4, arbitrary: usual }, fc.constantFrom(...hostileNumbers));
}

const formats: Record<string, fc.Arbitrary<string>> = {
  uuid: fc.uuid(),
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6(),
  'date-time': fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
};

function textsOf(schema: Schema, known: readonly string[]): fc.Arbitrary<string> {
  const format = formats[schema.format ?? ''];
  return format ? fc.oneof(format, texts(known)) : texts(known);
}

function objects(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {});
  const members = Object.fromEntries(
    properties.map(([name, member]) => [name, valuesOf(member, known)]),
  );
  const requiredKeys = (schema.required ?? []).filter((name) => name in members);
  const usual = fc.record(members, { requiredKeys });
  const free = Object.values(schema.patternProperties ?? {})[0] ?? schema.additionalProperties;
  const mayHoldMore = free !== undefined && free !== false;
  const more = typeof free === 'object' ? valuesOf(free, known) : wild;
  const extra = fc.dictionary(texts(known), more, { maxKeys: 4 });
  const extended = fc.tuple(usual, extra).map(([first, second]) => ({ ...second, ...first }));
  const odds = mayHoldMore ? 5 : 1;
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: odds, arbitrary: extended });
}
