import type { TSchema } from 'typebox';
import { type Microversion, type VersionRange, withinRange } from '#base/microversion.ts';

type Node = Record<string, unknown>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The schema as it was in one microversion: members whose `since`/`until` exclude the version are
 * removed, wherever they stand. `lenient` also lets unknown members pass.
 */
export function schemaAt(schema: TSchema, version: Microversion, lenient: boolean): object {
  return narrow(schema as Node, version, lenient) as Node;
}

function narrow(value: unknown, version: Microversion, lenient: boolean): unknown {
  if (Array.isArray(value)) {
    return value
      .filter((member) => !isNode(member) || withinRange(version, member as VersionRange))
      .map((member) => narrow(member, version, lenient));
  }
  if (!isNode(value)) return value;
  const result: Node = {};
  for (const [key, member] of Object.entries(value)) {
    if (key === 'since' || key === 'until') continue;
    if (lenient && key === 'additionalProperties' && member === false) continue;
    if (key === 'properties' && isNode(member)) {
      result[key] = narrowProperties(member, version, lenient);
    } else if (key === 'enum' || key === 'const' || key === 'default' || key === 'examples') {
      result[key] = member;
    } else {
      result[key] = narrow(member, version, lenient);
    }
  }
  const properties = result.properties;
  if (Array.isArray(result.required) && isNode(properties)) {
    result.required = result.required.filter((name) => String(name) in properties);
  }
  return result;
}

function narrowProperties(properties: Node, version: Microversion, lenient: boolean): Node {
  const result: Node = {};
  for (const [name, schema] of Object.entries(properties)) {
    if (isNode(schema) && !withinRange(version, schema as VersionRange)) continue;
    const narrowed = narrow(schema, version, lenient);
    // None of its shapes is of this version: the member is not there at all.
    if (isNode(narrowed) && Array.isArray(narrowed.anyOf) && narrowed.anyOf.length === 0) continue;
    result[name] = narrowed;
  }
  return result;
}

/**
 * For bodies whose unknown members are taken out before anyone sees them: the keys that a map
 * refuses are no such members. Taking them out would lose data, so they stay refused.
 */
export function withStrictMaps(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withStrictMaps);
  if (!isNode(schema)) return schema;
  const isMap = 'patternProperties' in schema && schema.additionalProperties === false;
  const members = Object.entries(schema).map(([key, member]) => [key, withStrictMaps(member)]);
  return { ...Object.fromEntries(members), ...(isMap && { additionalProperties: { not: {} } }) };
}
