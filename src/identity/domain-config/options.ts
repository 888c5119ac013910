import { limits } from '#base/limits.ts';
import { catalogErrors } from '../catalog/errors.ts';
import { ldapDefaults } from './ldap-defaults.ts';

/** Values by option, options by group. */
export type DomainConfig = Record<string, Record<string, unknown>>;

/** Options that are shown, with what holds where a domain says nothing. */
const shown: ReadonlyMap<string, ReadonlyMap<string, unknown>> = new Map([
  [
    'identity',
    new Map<string, unknown>([
      ['driver', 'sql'],
      ['list_limit', limits.pageItems],
    ]),
  ],
  ['ldap', new Map<string, unknown>(ldapDefaults)],
]);

/** Options that are never shown to anybody. */
const sensitive: ReadonlyMap<string, readonly string[]> = new Map([['ldap', ['password']]]);

export function isSensitive(group: string, option: string): boolean {
  return sensitive.get(group)?.includes(option) === true;
}

/** Throws InvalidDomainConfig for a group or option that there is not. */
export function requireKnown(group?: string, option?: string): void {
  if (group === undefined) return;
  const options = shown.get(group);
  const named = group.slice(0, 64);
  if (!options) {
    const reason = `Group ${named} is not supported for domain specific configurations`;
    throw catalogErrors.invalidDomainConfig({ reason });
  }
  if (option === undefined || options.has(option) || isSensitive(group, option)) return;
  const reason =
    `Option ${option.slice(0, 64)} in group ${named} is not supported ` +
    'for domain specific configurations';
  throw catalogErrors.invalidDomainConfig({ reason });
}

/** One option alone, one group or all. Throws InvalidDomainConfig, also for what is never shown. */
export function defaultConfig(group?: string, option?: string): Record<string, unknown> {
  requireKnown(group, option);
  if (group === undefined) {
    return Object.fromEntries([...shown].map(([name, all]) => [name, Object.fromEntries(all)]));
  }
  const options = shown.get(group) ?? new Map<string, unknown>();
  if (option === undefined) return { [group]: Object.fromEntries(options) };
  if (options.has(option)) return { [option]: options.get(option) };
  const reason = `Reading the default for option ${option} in group ${group} is not supported`;
  throw catalogErrors.invalidDomainConfig({ reason });
}
