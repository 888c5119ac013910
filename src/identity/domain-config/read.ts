import type { Queries } from '#db/database.ts';
import type { Allowed } from '#policy/engine.ts';
import { catalogErrors } from '../catalog/errors.ts';
import type { IdentityContext } from '../context.ts';
import { defaultDomainId, type Project } from '../projects/project.ts';
import { type DomainConfig, requireKnown } from './options.ts';
import { listOptions } from './store.ts';

/** All that is shown of a domain's configuration; `{}` where there is none. */
export async function shownConfig(db: Queries, domainId: string): Promise<DomainConfig> {
  const groups = new Map<string, [string, unknown][]>();
  for (const { group, option, value } of await listOptions(db, domainId)) {
    groups.set(group, [...(groups.get(group) ?? []), [option, value]]);
  }
  return Object.fromEntries([...groups].map(([name, all]) => [name, Object.fromEntries(all)]));
}

/**
 * All of it, one group, or one option alone. Throws DomainConfigNotFound where nothing is shown,
 * InvalidDomainConfig for names that there are not.
 */
export async function readConfig(
  { database }: IdentityContext,
  domain: Allowed<Project>,
  group?: string,
  option?: string,
): Promise<Record<string, unknown>> {
  requireKnown(group, option);
  const config = await shownConfig(database.queries, domain.id);
  if (group === undefined) {
    if (Object.keys(config).length > 0) return config;
    throw configNotFound(domain.id);
  }
  const options = config[group];
  if (!options) throw configNotFound(domain.id, group, option);
  if (option === undefined) return { [group]: options };
  if (!Object.hasOwn(options, option)) throw configNotFound(domain.id, group, option);
  return { [option]: options[option] };
}

export function configNotFound(domainId: string, group?: string, option?: string): Error {
  const ofGroup = group === undefined ? 'any options' : `group ${group}`;
  const what = option === undefined ? ofGroup : `option ${option} in ${ofGroup}`;
  return catalogErrors.domainConfigNotFound({ what, domainId });
}

const readable = ['password_regex', 'password_regex_description'];

/** What is asked of passwords, for forms that ask for one. Throws InvalidDomainConfig. */
export function securityCompliance(
  { security }: IdentityContext,
  domain: Allowed<Project>,
  option?: string,
): Record<string, unknown> {
  if (domain.id !== defaultDomainId) {
    const reason =
      'Reading security compliance information for any domain other than the default domain ' +
      'is not allowed or supported.';
    throw catalogErrors.invalidDomainConfig({ reason });
  }
  const values: Record<string, unknown> = {
    password_regex: security.passwordPattern?.source ?? null,
    password_regex_description: security.passwordPatternDescription || null,
  };
  if (option === undefined) return { security_compliance: values };
  if (readable.includes(option)) return { [option]: values[option] };
  const reason =
    'Reading security compliance values other than password_regex and ' +
    'password_regex_description is not allowed.';
  throw catalogErrors.invalidDomainConfig({ reason });
}
