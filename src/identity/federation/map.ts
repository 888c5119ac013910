import { RE2JS } from 're2js';
import type { JsonObject } from '../extras.ts';
import type { Assertion } from './assertion.ts';
import type { MappingRule, Requirement } from './provider.ts';

export interface NamedInDomain {
  id?: string | undefined;
  name?: string | undefined;
  domain?: { id?: string; name?: string } | undefined;
}

/** Whom a mapping makes of an assertion. */
export interface Mapped {
  user: NamedInDomain;
  groups: NamedInDomain[];
}

/**
 * Applies the rules in order. The first rule that holds and names a user says who it is; the
 * groups of all rules that hold come together. @returns undefined when no rule names a user.
 */
export function mapAssertion(
  rules: readonly MappingRule[],
  assertion: Assertion,
): Mapped | undefined {
  let user: Mapped['user'] | undefined;
  const groups: NamedInDomain[] = [];
  for (const rule of rules) {
    const values = directMaps(rule.remote, assertion);
    if (!values) continue;
    for (const local of rule.local) {
      user ??= userOf(local, values);
      groups.push(...groupsOf(local, values));
    }
  }
  return user && { user, groups };
}

/** The values that `{0}`, `{1}` and so on stand for; undefined when a requirement fails. */
function directMaps(remote: readonly Requirement[], assertion: Assertion): string[][] | undefined {
  const maps: string[][] = [];
  for (const requirement of remote) {
    const values = assertion.get(requirement.type);
    if (!values || values.length === 0) return undefined;
    const { any_one_of: anyOf, not_any_of: noneOf, blacklist, whitelist, regex } = requirement;
    const isIn = (list: readonly string[]) => (value: string) =>
      list.some((entry) => (regex ? RE2JS.compile(entry).matcher(value).find() : entry === value));
    if (anyOf) {
      if (!values.some(isIn(anyOf))) return undefined;
    } else if (noneOf) {
      if (values.some(isIn(noneOf))) return undefined;
    } else if (blacklist) maps.push(values.filter((value) => !isIn(blacklist)(value)));
    else if (whitelist) maps.push(values.filter(isIn(whitelist)));
    else maps.push([...values]);
  }
  return maps;
}

const placeholder = /\{(\d+)\}/g;

/** A text with its placeholders filled; where one has several values, its first. */
function filled(text: string, maps: readonly string[][]): string {
  return text.replaceAll(placeholder, (_, index: string) => maps[Number(index)]?.[0] ?? '');
}

function userOf(local: JsonObject, maps: readonly string[][]): Mapped['user'] | undefined {
  const { user } = local as { user?: NamedInDomain };
  if (!user) return undefined;
  const named = filledNames(user, maps);
  return named.id || named.name ? named : undefined;
}

function filledNames(named: NamedInDomain, maps: readonly string[][]): NamedInDomain {
  return {
    ...(named.id === undefined ? {} : { id: filled(named.id, maps) }),
    ...(named.name === undefined ? {} : { name: filled(named.name, maps) }),
    domain: named.domain,
  };
}

/** `group` names one; `groups` as many as its placeholder has values. */
function groupsOf(local: JsonObject, maps: readonly string[][]): NamedInDomain[] {
  const { group, groups, domain } = local as {
    group?: NamedInDomain;
    groups?: string;
    domain?: NamedInDomain['domain'];
  };
  const one = group ? [filledNames(group, maps)] : [];
  if (groups === undefined) return one;
  const index = /^\{(\d+)\}$/.exec(groups)?.[1];
  const names = index === undefined ? [filled(groups, maps)] : (maps[Number(index)] ?? []);
  return [...one, ...names.map((name) => ({ name, domain }))];
}
