import { type TObject, type TProperties, Type } from 'typebox';
import type { VersionRange } from '#base/microversion.ts';

/**
 * Query parameters of which unknown ones were ignored before a version and are refused from it
 * on. `since` and `until` of each parameter are kept: one that came later is unknown before.
 */
export function closedSince<Properties extends TProperties>(
  version: string,
  properties: Properties,
): TObject<Properties> {
  const names = Object.entries(properties).map(([name, schema]) => {
    const { since, until } = schema as VersionRange;
    return [name, { ...(since && { since }), ...(until && { until }) }];
  });
  const closed = {
    properties: Object.fromEntries(names),
    additionalProperties: false,
    since: version,
  };
  return Type.Object(properties, { allOf: [{}, closed] });
}

/** For endpoints without parameters of their own; Nova looks at the query since 2.102. */
export const noQuery = closedSince('2.102', {});
