import { type Microversion, type VersionRange, withinRange } from '#base/microversion.ts';

/** Where a view's value stands on the wire, and in which versions. */
export interface WireField<View, Context> extends VersionRange {
  name: string;
  /** Returning undefined leaves the field out. */
  value: (view: View, context: Context) => unknown;
}

/**
 * A resource's wire form in every version, as one table of fields. Tables are ordered as clients
 * are used to see them; a field that changed its shape stands twice with ranges that do not meet.
 */
export class Wire<View, Context> {
  readonly fields: readonly WireField<View, Context>[];
  #byVersion = new Map<string, readonly WireField<View, Context>[]>();

  constructor(fields: readonly WireField<View, Context>[]) {
    this.fields = fields;
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
