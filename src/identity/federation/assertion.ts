/** What is said of a user: values by the name of the attribute. */
export type Assertion = ReadonlyMap<string, readonly string[]>;

/**
 * The claims of a token as attributes. Each has the three names by which mappings written for a
 * web server's module know it: `groups`, `OIDC-groups` and `HTTP_OIDC_GROUPS`. Members of objects
 * are named with a dot, `realm_access.roles`.
 */
export function assertionOf(claims: Readonly<Record<string, unknown>>): Assertion {
  const assertion = new Map<string, string[]>();
  for (const [name, value] of Object.entries(flattened(claims))) {
    const values = (Array.isArray(value) ? value : [value]).filter(isPlain).map(String);
    if (values.length === 0) continue;
    assertion.set(name, values);
    assertion.set(`OIDC-${name}`, values);
    assertion.set(`HTTP_OIDC_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`, values);
  }
  return assertion;
}

function flattened(claims: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const flat: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(claims)) {
    flat[name] = value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    for (const [inner, deep] of Object.entries(value)) flat[`${name}.${inner}`] = deep;
  }
  return flat;
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
