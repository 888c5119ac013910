import type { User } from '../users/user.ts';

/** Ways in that another one has already been good for, or that are made for programs. */
const sufficient: ReadonlySet<string> = new Set(['token', 'application_credential']);

/**
 * The lists of methods of which one must be complete; undefined where the user's options ask for
 * none, or what was brought is enough. A method that nobody knows is never brought.
 */
export function missingFactors(user: User, methods: readonly string[]): string[][] | undefined {
  const { multi_factor_auth_enabled: isEnabled, multi_factor_auth_rules: rules } = user.options;
  if (isEnabled === false || !Array.isArray(rules) || rules.length === 0) return undefined;
  if (methods.some((method) => sufficient.has(method))) return undefined;
  const asked = rules as string[][];
  const isComplete = asked.some((rule) => rule.every((method) => methods.includes(method)));
  return isComplete ? undefined : asked;
}
