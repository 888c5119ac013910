import type { TSchema } from 'typebox';
import { type Microversion, type VersionRange, withinRange } from '#base/microversion.ts';

/** Where a view's value stands on the wire, and in which versions. */
export interface WireField<View, Context> extends VersionRange {
  name: string;
  /** Shape of the value, for the OpenAPI document and for tests, which hold answers to it. */
  schema: TSchema;
  /** The value may be undefined, which leaves the field out. */
  optional?: boolean;
  value: (view: View, context: Context) => unknown;
}

/**
 * A resource's wire form in every version, as one table of fields. Tables are ordered as clients
 * are used to see them; a field that changed its shape stands twice with ranges that do not meet.
 */
export class Wire<View, Context> {
  readonly fields: readonly WireField<View, Context>[];
  /** The object that `render` makes; its members carry the versions that have them. */
  readonly schema: TSchema;
  #byVersion = new Map<string, readonly WireField<View, Context>[]>();

  constructor(fields: readonly WireField<View, Context>[]) {
    this.fields = fields;
    this.schema = schemaOf(fields);
  }

  render(view: View, version: Microversion, context: Context): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const field of this.#fieldsAt(version)) {
      const value = field.value(view, context);
      if (value !== undefined) result[field.name] = value;
    }
    return result;
  }

  #fieldsAt(version: Microversion): readonly WireField<View, Context>[] {
    const key = `${version.major}.${version.minor}`;
    let fields = this.#byVersion.get(key);
    if (!fields) {
      fields = this.fields.filter((field) => withinRange(version, field));
      this.#byVersion.set(key, fields);
    }
    return fields;
  }
}

type Ranged = Pick<WireField<never, never>, 'name' | 'schema' | 'optional' | 'since' | 'until'>;

function schemaOf(fields: readonly Ranged[]): TSchema {
  const byName = Map.groupBy(fields, (field) => field.name);
  const properties: Record<string, object> = {};
  const required: string[] = [];
  for (const [name, sharing] of byName) {
    const shapes = sharing.map(({ schema, since, until }) => ({
      ...schema,
      ...(since && { since }),
      ...(until && { until }),
    }));
    const [only = {}] = shapes;
    // Of several shapes each version keeps those that it has; see `schemaAt`.
    properties[name] = shapes.length === 1 ? only : { anyOf: shapes };
    if (sharing.every((field) => !field.optional)) required.push(name);
  }
  return { type: 'object', properties, required, additionalProperties: false } as TSchema;
}
