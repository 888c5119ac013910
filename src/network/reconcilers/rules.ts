import type { Queries } from '#db/database.ts';
import type { SecurityRule } from '#drivers/network/network.ts';
import type { AddressPair } from '../ports/port.ts';
import { protocolNumber, type SecurityGroupRule } from '../security-group-rules/rule.ts';
import { rulesOf } from '../security-group-rules/store.ts';
import { memberAddresses } from '../security-groups/store.ts';
import { asCidr } from './specs.ts';

/** Group → what it lets through, with the members of remote groups as addresses. */
export type ResolvedRules = ReadonlyMap<string, SecurityRule[]>;

export async function resolveRules(
  db: Queries,
  groupIds: readonly string[],
): Promise<ResolvedRules> {
  const rules = await rulesOf(db, groupIds);
  const remoteIds = new Set(rules.flatMap((rule) => rule.remoteGroupId ?? []));
  const members = await membersOf(db, [...remoteIds]);
  const byGroup = Map.groupBy(rules, (rule) => rule.securityGroupId);
  return new Map(
    [...byGroup].map(([id, own]) => [id, own.map((rule) => securityRule(rule, members))]),
  );
}

type Members = ReadonlyMap<string, { IPv4: string[]; IPv6: string[] }>;

async function membersOf(db: Queries, groupIds: readonly string[]): Promise<Members> {
  const { addresses, pairs } = await memberAddresses(db, groupIds);
  const further = Map.groupBy(pairs, (row) => row.groupId);
  return new Map(
    groupIds.map((id) => {
      const own = addresses.find((group) => group.groupId === id)?.addresses ?? [];
      const allowed = (further.get(id) ?? []).flatMap((row) => JSON.parse(row.pairs));
      const others = (allowed as AddressPair[]).map((pair) => pair.ip_address);
      // Addresses may occur in several networks; once is enough for a rule. In one order always, so
      // that rules differ only where something changed.
      const all = [...new Set([...own, ...others])].sort();
      const [six, four] = [all.filter(isIpv6), all.filter((text) => !isIpv6(text))];
      return [id, { IPv4: four.map(asCidr), IPv6: six.map(asCidr) }];
    }),
  );
}

function isIpv6(text: string): boolean {
  return text.includes(':');
}

function securityRule(rule: SecurityGroupRule, members: Members): SecurityRule {
  return {
    direction: rule.direction,
    ipVersion: rule.ethertype === 'IPv4' ? 4 : 6,
    protocol: protocolName(rule),
    portMin: rule.portRangeMin,
    portMax: rule.portRangeMax,
    remotes: remotesOf(rule, members),
  };
}

/** Clients write ICMP for IPv6 in several ways; drivers know it as `icmpv6`. */
function protocolName(rule: SecurityGroupRule): string | null {
  if (rule.protocol === null) return null;
  const number = protocolNumber(rule.protocol);
  if (number === 58 || (number === 1 && rule.ethertype === 'IPv6')) return 'icmpv6';
  const known: Record<number, string> = { 1: 'icmp', 6: 'tcp', 17: 'udp' };
  // Drivers need no table of their own for the rest: a number is understood everywhere.
  return known[number ?? -1] ?? String(number);
}

function remotesOf(rule: SecurityGroupRule, members: Members): string[] | null {
  if (rule.remoteGroupId !== null) return members.get(rule.remoteGroupId)?.[rule.ethertype] ?? [];
  if (rule.normalizedCidr === null || rule.normalizedCidr.endsWith('/0')) return null;
  return [rule.normalizedCidr];
}
