import type { Queries } from '#db/database.ts';
import type { Allowed } from '#policy/engine.ts';
import { catalogErrors } from '../catalog/errors.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import type { Project } from '../projects/project.ts';
import { type DomainConfig, isSensitive, requireKnown } from './options.ts';
import { configNotFound, shownConfig } from './read.ts';
import {
  type ConfigOption,
  deleteOptions,
  listOptions,
  listSecretNames,
  putOption,
  putSecret,
} from './store.ts';

/** The most characters of one value as JSON. */
const valueChars = 4096;

/**
 * In place of all that was there. @returns what is shown of it, and whether there was nothing
 * before. Throws InvalidDomainConfig.
 */
export function createConfig(
  context: IdentityContext,
  domain: Allowed<Project>,
  config: Record<string, unknown>,
): Promise<{ config: DomainConfig; isNew: boolean }> {
  const options = checkedOptions(config);
  return changeIdentity(context, async (tx) => {
    const isNew = (await namesIn(tx, domain.id)).length === 0;
    await deleteOptions(tx, domain.id);
    await putAll(context, tx, domain.id, options);
    return { config: await shownConfig(tx, domain.id), isNew };
  });
}

export interface ConfigChange {
  config: Record<string, unknown>;
  /** Where the path names them, the body must have these and nothing else. */
  group?: string | undefined;
  option?: string | undefined;
}

/**
 * @returns all that is shown afterwards. Throws DomainConfigNotFound where the group or option of
 * the path is not there yet, InvalidDomainConfig.
 */
export function updateConfig(
  context: IdentityContext,
  domain: Allowed<Project>,
  { config, group, option }: ConfigChange,
): Promise<DomainConfig> {
  requireKnown(group, option);
  const whole = group !== undefined && option !== undefined ? { [group]: config } : config;
  const options = checkedOptions(whole);
  const isOther = options.some(
    (one) => one.group !== (group ?? one.group) || one.option !== (option ?? one.option),
  );
  if (isOther) {
    const named = option === undefined ? `group ${group}` : `option ${option} in group ${group}`;
    const reason = `Trying to update ${named}, so that, and only that, must be specified`;
    throw catalogErrors.invalidDomainConfig({ reason });
  }
  return changeIdentity(context, async (tx) => {
    await requireThere(tx, domain.id, group, option);
    await putAll(context, tx, domain.id, options);
    return shownConfig(tx, domain.id);
  });
}

/** Throws DomainConfigNotFound where the group or option is not there, InvalidDomainConfig. */
export function deleteConfig(
  context: IdentityContext,
  domain: Allowed<Project>,
  group?: string,
  option?: string,
): Promise<void> {
  requireKnown(group, option);
  return changeIdentity(context, async (tx) => {
    await requireThere(tx, domain.id, group, option);
    await deleteOptions(tx, domain.id, group, option);
  });
}

function checkedOptions(config: Record<string, unknown>): ConfigOption[] {
  const groups = Object.entries(config);
  if (groups.length === 0) {
    throw catalogErrors.invalidDomainConfig({ reason: 'No options specified' });
  }
  return groups.flatMap(([group, options]) => {
    requireKnown(group);
    const isObject = typeof options === 'object' && options !== null && !Array.isArray(options);
    const all = isObject ? Object.entries(options) : [];
    if (all.length === 0) {
      const reason =
        `The value of group ${group} specified in the config should be ` +
        'a dictionary of options';
      throw catalogErrors.invalidDomainConfig({ reason });
    }
    return all.map(([option, value]) => checkedOption(group, option, value));
  });
}

function checkedOption(group: string, option: string, value: unknown): ConfigOption {
  requireKnown(group, option);
  if (JSON.stringify(value).length <= valueChars) return { group, option, value };
  const reason = `The value of option ${option} exceeds ${valueChars} characters`;
  throw catalogErrors.invalidDomainConfig({ reason });
}

async function putAll(
  context: IdentityContext,
  tx: Queries,
  domainId: string,
  options: readonly ConfigOption[],
): Promise<void> {
  for (const one of options) {
    if (isSensitive(one.group, one.option)) await putSecret(tx, context.seals, domainId, one);
    else await putOption(tx, domainId, one);
  }
}

/** Shown or not. */
async function namesIn(tx: Queries, domainId: string): Promise<Omit<ConfigOption, 'value'>[]> {
  return [...(await listOptions(tx, domainId)), ...(await listSecretNames(tx, domainId))];
}

async function requireThere(
  tx: Queries,
  domainId: string,
  group: string | undefined,
  option: string | undefined,
): Promise<void> {
  if (group === undefined) return;
  const isThere = (await namesIn(tx, domainId)).some(
    (one) => one.group === group && (option === undefined || one.option === option),
  );
  if (!isThere) throw configNotFound(domainId, group, option);
}
